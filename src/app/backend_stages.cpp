// Stages: where presenters send.
#include "app/backend.h"

namespace estrad::app {

web::StageView Backend::view(webcast::Stage stage) const {
  return web::StageView{std::move(stage), rtmp_url_, {}, {}, {}};
}

void Backend::list_stages(web::Page page, Reply<web::Listing<web::StageView>> reply) {
  parts_.store.run<web::Listing<web::StageView>>(
      std::move(reply),
      [this, page = std::move(page)](store::Store& store) -> Result<web::Listing<web::StageView>> {
        auto stages = store.stages.list({page.limit, page.after});
        if (!stages) {
          return fail(std::move(stages).error());
        }
        web::Listing<web::StageView> listing;
        for (webcast::Stage& stage : stages->items) {
          listing.items.push_back(view(std::move(stage)));
        }
        if (!stages->next.empty()) {
          listing.next = std::move(stages->next);
        }
        return listing;
      });
}

void Backend::create_stage(webcast::Stage stage, Reply<web::StageView> reply) {
  parts_.store.run<web::StageView>(
      std::move(reply),
      [this, stage = std::move(stage)](store::Store& store) -> Result<web::StageView> {
        if (auto added = store.stages.add(stage); !added) {
          return fail(std::move(added).error());
        }
        parts_.live_loop.post([this, stage] {
          if (parts_.broadcasts) {
            parts_.broadcasts->put_stage(stage);
          }
        });
        return view(stage);
      });
}

void Backend::get_stage(std::string id, Reply<web::StageView> reply) {
  parts_.store.run<web::StageView>(
      std::move(reply), [this, id = std::move(id)](store::Store& store) -> Result<web::StageView> {
        auto stage = store.stages.find(id);
        return stage ? Result<web::StageView>(view(std::move(*stage)))
                     : fail(std::move(stage).error());
      });
}

void Backend::store_stage(std::string id,
                          std::function<Result<webcast::Stage>(webcast::Stage)> change,
                          Reply<web::StageView> reply) {
  parts_.store.run<web::StageView>(std::move(reply),
                                   [this, id = std::move(id), change = std::move(change)](
                                       store::Store& store) -> Result<web::StageView> {
                                     auto stage = store.stages.find(id);
                                     if (stage) {
                                       stage = change(std::move(*stage));
                                     }
                                     if (!stage) {
                                       return fail(std::move(stage).error());
                                     }
                                     if (auto updated = store.stages.update(*stage); !updated) {
                                       return fail(std::move(updated).error());
                                     }
                                     parts_.live_loop.post([this, changed = *stage] {
                                       if (parts_.broadcasts) {
                                         parts_.broadcasts->put_stage(changed);
                                       }
                                     });
                                     return view(std::move(*stage));
                                   });
}

void Backend::rename_stage(std::string id, std::string name, Reply<web::StageView> reply) {
  store_stage(
      std::move(id),
      [name = std::move(name)](webcast::Stage stage) {
        return webcast::renamed(std::move(stage), name);
      },
      std::move(reply));
}

void Backend::rotate_stage_keys(std::string id, Reply<web::StageView> reply) {
  store_stage(
      std::move(id),
      [](webcast::Stage stage) -> Result<webcast::Stage> {
        return webcast::with_new_keys(std::move(stage));
      },
      std::move(reply));
}

void Backend::remove_stage(std::string id, Reply<void> reply) {
  // The database first: it knows every event that still uses the stage.
  parts_.store.run<void>(
      [this, id, reply = std::move(reply)](Status removed) mutable {
        if (!removed) {
          reply(std::move(removed));
          return;
        }
        on_live<void>(std::move(reply), [id](live::Broadcasts& live, Reply<void> answer) {
          live.remove_stage(id, std::move(answer));
        });
      },
      [id](store::Store& store) { return store.stages.remove(id); });
}

void Backend::get_signal(std::string stage_id, Reply<std::string> reply) {
  on_live<std::string>(std::move(reply), [stage_id = std::move(stage_id)](
                                             live::Broadcasts& live, Reply<std::string> answer) {
    live.stage_signal(stage_id, std::move(answer));
  });
}

}  // namespace estrad::app
