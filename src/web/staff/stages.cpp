#include <chrono>

#include "base/text.h"
#include "web/desk.h"
#include "web/handlers.h"
#include "web/staff/lists.h"

namespace estrad::web {
namespace {

struct StageForm {
  std::string id;
  std::string name;
};

/// The keys are for those who manage stages.
nlohmann::json stage_json(const StageView& view, const webcast::Principal& reader) {
  nlohmann::json out = {{"id", view.stage.id},
                        {"name", view.stage.name},
                        {"created_at", format_rfc3339(view.stage.created_at)},
                        {"rtmp_url", view.rtmp_url},
                        {"srt_url", view.srt_url},
                        {"whip_url", view.whip_url},
                        {"present_url", view.present_url}};
  if (reader.may(webcast::Permission::kManageStages)) {
    out["key"] = view.stage.key;
    out["backup_key"] = view.stage.backup_key;
  }
  return out;
}

Reply<StageView> stage_answer(Desk& desk, const ExchangePtr& exchange, unsigned status) {
  return answer<StageView>(desk, exchange,
                           [reader = exchange->identity.principal, status](const StageView& view) {
                             return json_response(status, stage_json(view, reader));
                           });
}

}  // namespace

void list_stages(Desk& desk, const ExchangePtr& exchange) {
  auto page = page_of(*exchange);
  if (!page) {
    return exchange->send(problem(page.error()));
  }
  desk.backend.list_stages(
      *page, answer<Listing<StageView>>(
                 desk, exchange,
                 [reader = exchange->identity.principal](const Listing<StageView>& listing) {
                   return list_response(listing, [&reader](const StageView& view) {
                     return stage_json(view, reader);
                   });
                 }));
}

void create_stage(Desk& desk, const ExchangePtr& exchange) {
  const auto form = read_body(exchange, [](Fields& fields) {
    StageForm read;
    read.id = fields.required_text("id");
    read.name = fields.text("name").value_or("");
    return read;
  });
  if (!form) {
    return;
  }
  const auto stage = webcast::make_stage(form->id, form->name, desk.clock.wall());
  if (!stage) {
    return exchange->send(problem(stage.error()));
  }
  desk.backend.create_stage(*stage, stage_answer(desk, exchange, 201));
}

void show_stage(Desk& desk, const ExchangePtr& exchange) {
  desk.backend.get_stage(exchange->param("id"), stage_answer(desk, exchange, 200));
}

void change_stage(Desk& desk, const ExchangePtr& exchange) {
  const auto name =
      read_body(exchange, [](Fields& fields) { return fields.required_text("name"); });
  if (name) {
    desk.backend.rename_stage(exchange->param("id"), *name, stage_answer(desk, exchange, 200));
  }
}

void remove_stage(Desk& desk, const ExchangePtr& exchange) {
  desk.backend.remove_stage(exchange->param("id"), answer<void>(desk, exchange, no_content));
}

void rotate_stage_keys(Desk& desk, const ExchangePtr& exchange) {
  desk.backend.rotate_stage_keys(exchange->param("id"), stage_answer(desk, exchange, 200));
}

void show_signal(Desk& desk, const ExchangePtr& exchange) {
  desk.backend.get_signal(exchange->param("id"),
                          answer<std::string>(desk, exchange, [](const std::string& json) {
                            return json_bytes(share(json));
                          }));
}

}  // namespace estrad::web
