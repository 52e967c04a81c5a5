#pragma once

#include <gio/gio.h>

/// The built pages' files and catalogues, compiled in: `/estrad/static/…` (with `manifest.json`, logical
/// name → hashed name) and `/estrad/locales/{sv,en}.json`. The resource belongs to the program and is never
/// freed; read it with `g_resource_lookup_data` or, after `g_resources_register`, with
/// `g_resources_lookup_data`. Any thread.
extern "C" GResource* estrad_player_get_resource(void);
