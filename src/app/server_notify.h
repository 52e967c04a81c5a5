#pragma once

#include <string>

namespace estrad::app {

/// Tells systemd that the service is up, or about to stop (sd_notify(3)); nothing without systemd.
void notify_ready(const std::string& status);
void notify_stopping();

}  // namespace estrad::app
