#pragma once

#include "web/exchange.h"

/// What each route does (routes.cpp names them, the files beside this one hold them).
namespace estrad::web {

struct Desk;

// pages/
void show_programme(Desk& desk, const ExchangePtr& exchange);
void show_event(Desk& desk, const ExchangePtr& exchange);
void show_embed(Desk& desk, const ExchangePtr& exchange);
void show_studio(Desk& desk, const ExchangePtr& exchange);
void send_asset(Desk& desk, const ExchangePtr& exchange);
void send_favicon(Desk& desk, const ExchangePtr& exchange);
void send_robots(Desk& desk, const ExchangePtr& exchange);

// viewer/
void send_index(Desk& desk, const ExchangePtr& exchange);
void send_track_playlist(Desk& desk, const ExchangePtr& exchange);
void send_track_media(Desk& desk, const ExchangePtr& exchange);
void send_log(Desk& desk, const ExchangePtr& exchange);
void send_log_page(Desk& desk, const ExchangePtr& exchange);
void send_log_replay(Desk& desk, const ExchangePtr& exchange);
void ask_question(Desk& desk, const ExchangePtr& exchange);
void show_asked(Desk& desk, const ExchangePtr& exchange);
void withdraw_asked(Desk& desk, const ExchangePtr& exchange);

// staff/
void sign_in(Desk& desk, const ExchangePtr& exchange);
void show_session(Desk& desk, const ExchangePtr& exchange);
void sign_out(Desk& desk, const ExchangePtr& exchange);
void list_stages(Desk& desk, const ExchangePtr& exchange);
void create_stage(Desk& desk, const ExchangePtr& exchange);
void show_stage(Desk& desk, const ExchangePtr& exchange);
void change_stage(Desk& desk, const ExchangePtr& exchange);
void remove_stage(Desk& desk, const ExchangePtr& exchange);
void rotate_stage_keys(Desk& desk, const ExchangePtr& exchange);
void show_signal(Desk& desk, const ExchangePtr& exchange);
void send_preview_index(Desk& desk, const ExchangePtr& exchange);
void send_preview_playlist(Desk& desk, const ExchangePtr& exchange);
void send_preview_media(Desk& desk, const ExchangePtr& exchange);
void list_events(Desk& desk, const ExchangePtr& exchange);
void create_event(Desk& desk, const ExchangePtr& exchange);
void show_staff_event(Desk& desk, const ExchangePtr& exchange);
void change_event(Desk& desk, const ExchangePtr& exchange);
void remove_event(Desk& desk, const ExchangePtr& exchange);
void copy_event(Desk& desk, const ExchangePtr& exchange);
/// The command is the last step of the path.
void command_event(Desk& desk, const ExchangePtr& exchange);
void list_questions(Desk& desk, const ExchangePtr& exchange);
void change_question(Desk& desk, const ExchangePtr& exchange);
void change_moderation(Desk& desk, const ExchangePtr& exchange);
void open_console(Desk& desk, const ExchangePtr& exchange);
void list_users(Desk& desk, const ExchangePtr& exchange);
void create_user(Desk& desk, const ExchangePtr& exchange);
void remove_user(Desk& desk, const ExchangePtr& exchange);
void list_tokens(Desk& desk, const ExchangePtr& exchange);
void create_token(Desk& desk, const ExchangePtr& exchange);
void remove_token(Desk& desk, const ExchangePtr& exchange);
void describe_api(Desk& desk, const ExchangePtr& exchange);

// operators
void show_health(Desk& desk, const ExchangePtr& exchange);
void show_readiness(Desk& desk, const ExchangePtr& exchange);
void show_metrics(Desk& desk, const ExchangePtr& exchange);

}  // namespace estrad::web
