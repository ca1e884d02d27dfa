// People as they stand on a reference date.

#include "measure/tracker.hpp"
#include "outcome/measure_finders.hpp"
#include "priority/picture.hpp"

namespace optimat {

namespace {

/// Of people on a family's medicine with a known dose by tracker group; everybody else in MAT is `other`.
void find_dose(ClientCourse& client, const MeasureTime& time, Family family, Items& items) {
    const State* const state = client.state_on(time.as_at);
    if (state == nullptr) return;
    if (state->medicine == family && state->dose_known)
        add_item(items, state->service, tracker_group(*state), time.as_at, state->dose.number);
    else
        add_item(items, state->service, static_cast<std::uint8_t>(tracker_group_count), time.as_at);
}

}  // namespace

void find_tracker(ClientCourse& client, const MeasureTime& time, Items& items) {
    if (const State* const state = client.state_on(time.as_at))
        add_item(items, state->service, tracker_group(*state), time.as_at);
}

void find_methadone_dose(ClientCourse& client, const MeasureTime& time, Items& items) {
    find_dose(client, time, Family::methadone, items);
}

void find_buprenorphine_dose(ClientCourse& client, const MeasureTime& time, Items& items) {
    find_dose(client, time, Family::buprenorphine, items);
}

void find_supervision(ClientCourse& client, const MeasureTime& time, Items& items) {
    const State* const state = client.state_on(time.as_at);
    if (state == nullptr) return;
    constexpr SupervisionPart parts[] = {SupervisionPart::not_recorded, SupervisionPart::supervised,
                                         SupervisionPart::unsupervised, SupervisionPart::injection};
    const SupervisionState how = supervision_of(client.chunk(), *state);
    add_item(items, state->service, parts[static_cast<std::size_t>(how)], time.as_at);
}

// naloxone: "supplied in 24 months ÷ in MAT; for MAT2"
void find_naloxone(ClientCourse& client, const MeasureTime& time, Items& items) {
    const State* const state = client.state_on(time.as_at);
    if (state == nullptr) return;
    const Day after = add_months(time.as_at, -client.policy().priority.naloxone_months);
    const bool supplied = client.has_event(EventKind::naloxone_supplied, after + 1, time.as_at);
    const bool mat2 = state->stage == Stage::mat2;
    using enum NaloxonePart;
    add_item(items, state->service,
             mat2 ? (supplied ? mat2_supplied : mat2_not_supplied)
                  : (supplied ? other_supplied : other_not_supplied),
             time.as_at);
}

}  // namespace optimat
