#include "ingest/stage_turns.h"

#include <algorithm>

namespace estrad::ingest {

bool StageTurns::arrive(ConnectionId id, const StageKey& key, SteadyTime now) {
  const Slot slot(key.stage_id, key.is_backup);
  slots_[id] = slot;
  Turn& turn = turns_[slot];
  if (turn.sender || !turn.held.empty()) {
    turn.held.push_back({id, now});
    return false;
  }
  turn.sender = id;
  turn.heard = now;
  return true;
}

void StageTurns::heard(ConnectionId id, SteadyTime now) {
  const auto slot = slots_.find(id);
  if (slot == slots_.end()) {
    return;
  }
  Turn& turn = turns_[slot->second];
  if (turn.sender == id) {
    turn.heard = now;
  }
}

void StageTurns::leave(ConnectionId id) {
  const auto slot = slots_.find(id);
  if (slot == slots_.end()) {
    return;
  }
  const auto found = turns_.find(slot->second);
  Turn& turn = found->second;
  if (turn.sender == id) {
    turn.sender.reset();
  }
  std::erase_if(turn.held, [id](const Held& held) { return held.id == id; });
  if (!turn.sender && turn.held.empty()) {
    turns_.erase(found);
  }
  slots_.erase(slot);
}

std::vector<StageTurns::Decision> StageTurns::due(SteadyTime now) {
  std::vector<Decision> decisions;
  for (auto& [slot, turn] : turns_) {
    decide(turn, now, decisions);
  }
  return decisions;
}

void StageTurns::decide(Turn& turn, SteadyTime now, std::vector<Decision>& decisions) {
  if (turn.held.empty()) {
    return;
  }
  if (!turn.sender || now - turn.heard >= options_.takeover_after) {
    const ConnectionId winner = turn.held.back().id;
    turn.held.pop_back();
    if (turn.sender) {
      slots_.erase(*turn.sender);
    }
    decisions.emplace_back(TakeOver{winner, turn.sender});
    turn.sender = winner;
    turn.heard = now;
  }
  while (!turn.held.empty() && now - turn.held.front().since >= options_.hold_limit) {
    decisions.emplace_back(Refusal{turn.held.front().id});
    slots_.erase(turn.held.front().id);
    turn.held.erase(turn.held.begin());
  }
}

}  // namespace estrad::ingest
