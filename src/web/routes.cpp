#include "web/handlers.h"
#include "web/route.h"

namespace estrad::web {
namespace {

using webcast::Permission;

constexpr std::size_t kSmallBody = 16 * 1024;
constexpr std::size_t kPlanBody = 256 * 1024;

using Handler = void (*)(Desk&, const ExchangePtr&);

/// Media, playlists and the log: for anyone, on any site.
constexpr Route media(std::string_view pattern, Handler handle, std::string_view summary) {
  return {.method = "GET",
          .pattern = pattern,
          .rate = Rate::kMedia,
          .is_cross_origin = true,
          .summary = summary,
          .handle = handle};
}

constexpr Route page(std::string_view pattern, Handler handle, std::string_view summary) {
  return {.method = "GET", .pattern = pattern, .summary = summary, .handle = handle};
}

constexpr Route viewer(std::string_view method, std::string_view pattern, Handler handle,
                       std::string_view summary) {
  return {.method = method,
          .pattern = pattern,
          .rate = method == "GET" ? Rate::kRead : Rate::kWrite,
          .body_limit = method == "POST" ? kSmallBody : 0,
          .is_cross_origin = true,
          .summary = summary,
          .handle = handle};
}

constexpr Route staff(std::string_view method, std::string_view pattern, Permission permission,
                      Handler handle, std::string_view summary) {
  return {.method = method,
          .pattern = pattern,
          .audience = Audience::kPermitted,
          .permission = permission,
          .rate = method == "GET" ? Rate::kRead : Rate::kWrite,
          .body_limit = method == "POST" || method == "PATCH" ? kPlanBody : 0,
          .summary = summary,
          .handle = handle};
}

constexpr Route command(std::string_view pattern, std::string_view summary) {
  return staff("POST", pattern, Permission::kControlEvents, &command_event, summary);
}

constexpr Route preview(std::string_view pattern, Handler handle, std::string_view summary) {
  return {.method = "GET",
          .pattern = pattern,
          .audience = Audience::kPermitted,
          .permission = Permission::kReadEvents,
          .rate = Rate::kMedia,
          .summary = summary,
          .handle = handle};
}

constexpr Route kRoutes[] = {
    // Literal last steps stand before the takes, whose addresses match any step.
    media("/w/{slug}/index.m3u8", &send_index, "Multivariant playlist, live or recorded"),
    media("/w/{slug}/log", &send_log, "Public log: state and next page"),
    media("/w/{slug}/log.json", &send_log_replay, "Whole public log of a recording, by revision"),
    media("/w/{slug}/log/{number}", &send_log_page,
          "Page of the public log; waits until it closes"),
    viewer("POST", "/w/{slug}/questions", &ask_question, "Ask a question"),
    viewer("GET", "/w/{slug}/questions/{id}", &show_asked, "See what became of one's question"),
    viewer("DELETE", "/w/{slug}/questions/{id}", &withdraw_asked, "Withdraw one's question"),
    media("/w/{slug}/{take}/{playlist}", &send_track_playlist, "Media playlist; may block"),
    media("/w/{slug}/{take}/{track}/{file}", &send_track_media, "Init segment, segment or part"),

    page("/", &show_programme, "Programme"),
    page("/w/{slug}", &show_event, "The event's page, in every state"),
    page("/embed/{slug}", &show_embed, "Player alone, for other sites"),
    page("/studio", &show_studio, "Studio"),
    page("/robots.txt", &send_robots, "What crawlers may read"),
    page("/favicon.ico", &send_favicon, "Icon"),
    media("/static/{name}", &send_asset,
          "Scripts, styles and pictures; never change under their name"),

    {.method = "POST",
     .pattern = "/api/v1/session",
     .rate = Rate::kSignIn,
     .body_limit = kSmallBody,
     .summary = "Sign in",
     .handle = &sign_in},
    {.method = "GET",
     .pattern = "/api/v1/session",
     .audience = Audience::kStaff,
     .summary = "Who is signed in",
     .handle = &show_session},
    {.method = "DELETE",
     .pattern = "/api/v1/session",
     .audience = Audience::kStaff,
     .rate = Rate::kWrite,
     .summary = "Sign out",
     .handle = &sign_out},
    page("/api/v1/openapi.json", &describe_api, "Description of this API"),

    staff("GET", "/api/v1/stages", Permission::kReadEvents, &list_stages,
          "Stages; with keys for those who manage them"),
    staff("POST", "/api/v1/stages", Permission::kManageStages, &create_stage, "Make a stage"),
    staff("GET", "/api/v1/stages/{id}", Permission::kReadEvents, &show_stage, "One stage"),
    staff("PATCH", "/api/v1/stages/{id}", Permission::kManageStages, &change_stage,
          "Rename a stage"),
    staff("DELETE", "/api/v1/stages/{id}", Permission::kManageStages, &remove_stage,
          "Delete a stage"),
    staff("POST", "/api/v1/stages/{id}/keys", Permission::kManageStages, &rotate_stage_keys,
          "New keys; the old ones are refused from now on"),
    staff("GET", "/api/v1/stages/{id}/signal", Permission::kManageStages, &show_signal,
          "What comes in"),
    preview("/api/v1/stages/{id}/preview/index.m3u8", &send_preview_index, "Preview playlist"),
    preview("/api/v1/stages/{id}/preview/{playlist}", &send_preview_playlist,
            "Preview media playlist"),
    preview("/api/v1/stages/{id}/preview/{take}/{playlist}", &send_preview_playlist,
            "Preview media playlist"),
    preview("/api/v1/stages/{id}/preview/{take}/{track}/{file}", &send_preview_media,
            "Preview media"),

    staff("GET", "/api/v1/events", Permission::kReadEvents, &list_events, "Events"),
    staff("POST", "/api/v1/events", Permission::kManageEvents, &create_event, "Plan an event"),
    staff("GET", "/api/v1/events/{slug}", Permission::kReadEvents, &show_staff_event, "One event"),
    staff("PATCH", "/api/v1/events/{slug}", Permission::kManageEvents, &change_event,
          "Change an event"),
    staff("DELETE", "/api/v1/events/{slug}", Permission::kManageEvents, &remove_event,
          "Delete an event; its link answers 410"),
    staff("POST", "/api/v1/events/{slug}/copy", Permission::kManageEvents, &copy_event,
          "Plan another like it"),
    command("/api/v1/events/{slug}/lobby", "Open the lobby"),
    command("/api/v1/events/{slug}/start", "Go live"),
    command("/api/v1/events/{slug}/pause", "Pause: the slate, nothing recorded"),
    command("/api/v1/events/{slug}/resume", "Go on"),
    command("/api/v1/events/{slug}/stop", "End"),
    command("/api/v1/events/{slug}/reopen", "Undo an end"),
    command("/api/v1/events/{slug}/publish", "Publish the plan or the recording"),
    command("/api/v1/events/{slug}/withdraw", "Withdraw the recording"),
    command("/api/v1/events/{slug}/cancel", "Cancel; the link says so"),
    command("/api/v1/events/{slug}/reinstate", "Undo a cancellation"),

    staff("GET", "/api/v1/events/{slug}/questions", Permission::kModerate, &list_questions,
          "Questions, in the order of asking"),
    staff("PATCH", "/api/v1/events/{slug}/questions/{id}", Permission::kModerate, &change_question,
          "Approve, answer, dismiss, remove, claim"),
    staff("PATCH", "/api/v1/events/{slug}/moderation", Permission::kModerate, &change_moderation,
          "How the question box is held"),
    staff("GET", "/api/v1/events/{slug}/console", Permission::kReadEvents, &open_console,
          "Server-sent events of one event"),
    staff("GET", "/api/v1/console", Permission::kReadEvents, &open_console,
          "Server-sent events of all events and stages"),

    staff("GET", "/api/v1/users", Permission::kManageAccounts, &list_users, "Members of staff"),
    staff("POST", "/api/v1/users", Permission::kManageAccounts, &create_user, "Add one"),
    staff("DELETE", "/api/v1/users/{email}", Permission::kManageAccounts, &remove_user,
          "Remove one"),
    staff("GET", "/api/v1/tokens", Permission::kManageAccounts, &list_tokens, "API tokens"),
    staff("POST", "/api/v1/tokens", Permission::kManageAccounts, &create_token,
          "Make a token; shown once"),
    staff("DELETE", "/api/v1/tokens/{id}", Permission::kManageAccounts, &remove_token,
          "Revoke a token"),

    page("/healthz", &show_health, "The process is up"),
    page("/readyz", &show_readiness, "Database, disk and doors are ready"),
    {.method = "GET",
     .pattern = "/metrics",
     .audience = Audience::kOperator,
     .summary = "Prometheus",
     .handle = &show_metrics},
};

}  // namespace

std::span<const Route> all_routes() {
  return kRoutes;
}

}  // namespace estrad::web
