#include "priority/caseload.hpp"

#include "measure/state_visits.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace optimat {

namespace {

/// Lists whose people are to be reviewed first: 0 to 3 and 6.
constexpr WorkList urgent_lists[] = {WorkList::priority_0, WorkList::priority_1, WorkList::priority_2,
                                     WorkList::priority_3, WorkList::priority_6};

/// By service, then keyworker; the service's own people after its keyworkers'.
struct OwnerOrder {
    bool operator()(const ListOwner& a, const ListOwner& b) const {
        return std::tuple(a.service, a.keyworker.empty(), a.keyworker) <
               std::tuple(b.service, b.keyworker.empty(), b.keyworker);
    }
};

bool is_to_do(const ListRow& row) {
    return row.standing.status == ReviewStatus::still_to_review ||
           row.standing.status == ReviewStatus::awaiting_co_signature;
}

void add_person(const PersonPicture& person, Caseload& load) {
    if (!person.naloxone_current) ++load.without_naloxone;
    if (!person.state) {
        ++load.out_of_cover;
        return;
    }
    ++load.in_mat;
    if (person.state->cohort == Cohort::red) ++load.red;
    if (person.state->cohort == Cohort::amber) ++load.amber;
    if (person.state->stage == Stage::uncategorised) ++load.uncategorised;
}

}  // namespace

std::vector<Caseload> caseloads(const Extract& extract, const Pictures& pictures, const Policy& policy,
                                const Place& place, const TeamRecords& records, ReviewTime time, Day today) {
    std::map<ListOwner, Caseload, OwnerOrder> loads;
    const auto load_of = [&](const PersonPicture& person) -> Caseload& {
        Caseload& load = loads[owner_of(person)];
        load.owner = owner_of(person);
        return load;
    };
    const std::vector<bool> here = services_at(extract, place);
    for (const PersonPicture& person : pictures.people)
        if (stands_at(person, place, here)) add_person(person, load_of(person));
    std::set<ClientPlace> to_review, overdue;
    for (std::size_t i = 0; i < work_list_count; ++i) {
        const auto list = static_cast<WorkList>(i);
        const bool urgent = std::ranges::find(urgent_lists, list) != std::end(urgent_lists);
        for (const ListRow& row : work_list(extract, pictures, policy, list, place, records, time)) {
            if (!is_to_do(row)) continue;
            Caseload& load = load_of(*row.person);
            ++load.still_to_review[i];
            if (urgent && to_review.insert(row.person->place).second) ++load.people_to_review;
            const bool late = row.claim != nullptr && row.claim->due < today;
            if (late && overdue.insert(row.person->place).second) ++load.overdue;
        }
    }
    std::vector<Caseload> result;
    for (auto& [owner, load] : loads)
        result.push_back(std::move(load));
    return result;
}

NaloxoneCoverage naloxone_coverage(const Extract& extract, const Pictures& pictures, const Place& place) {
    NaloxoneCoverage coverage;
    const auto count = [](NaloxoneCoverage::Part& part, bool supplied) {
        ++part.people;
        if (supplied) ++part.supplied;
    };
    const std::vector<bool> here = services_at(extract, place);
    for (const PersonPicture& person : pictures.people) {
        if (!stands_at(person, place, here)) continue;
        if (person.state) {
            count(coverage.in_mat, person.naloxone_current);
            if (person.state->stage == Stage::mat2) count(coverage.mat2, person.naloxone_current);
        } else {
            const OptionalDay since = person.out_of_cover->since();
            const Day from = since.value_or(first_readable_day);
            count(coverage.out_of_cover, person.naloxone.has_value() && *person.naloxone >= from);
        }
    }
    return coverage;
}

}  // namespace optimat
