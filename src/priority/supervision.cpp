#include "priority/supervision.hpp"

#include <algorithm>
#include <map>
#include <tuple>

namespace optimat {

void SupervisionCount::add(SupervisionState state) {
    switch (state) {
    case SupervisionState::not_recorded:
        ++not_recorded;
        break;
    case SupervisionState::supervised:
        ++supervised;
        break;
    case SupervisionState::unsupervised:
        ++unsupervised;
        break;
    case SupervisionState::injection:
        ++injections;
        break;
    }
}

void InventoryCount::add(SupervisionState state, const std::optional<AsciPicture>& asci) {
    ++in_mat;
    const bool supervised_now = state == SupervisionState::supervised;
    if (!asci) {
        supervised_without_asci += supervised_now;
        return;
    }
    ++with_current_asci;
    complete += asci->complete;
    supervised_without_item += supervised_now && asci->complete && !asci->any_item;
    if (!asci->complete || asci->supervised_after == Flag::not_recorded) return;
    const bool supervised_after = asci->supervised_after == Flag::yes;
    ++decided;
    agreed += asci->any_item == supervised_after;
    decided_supervised += supervised_after;
}

AsciPicture asci_picture(const TeamAsci& asci) {
    AsciPicture picture{asci.day, asci.items, asci.supervised_after, false, false};
    picture.any_item = asci.other_item || std::ranges::count(asci.items, Flag::yes) > 0;
    picture.complete =
        picture.any_item || (!asci.items.empty() && std::ranges::count(asci.items, Flag::not_recorded) == 0);
    return picture;
}

namespace {

/// The team's inventory that counts: the latest in its time. Nothing: none.
const TeamAsci* latest_answer(const PersonRecords* records, Day after, OptionalDay to) {
    const TeamAsci* latest = nullptr;
    if (records == nullptr) return latest;
    // By day: a later one of the same day stands in the place of an earlier.
    for (const TeamAsci& asci : records->ascis)
        if (asci.day > after && (!to || asci.day <= *to)) latest = &asci;
    return latest;
}

std::string_view pharmacy_of(const Extract& extract, const PersonPicture& person) {
    const Chunk& chunk = extract.chunks[person.place.chunk];
    const TextRef pharmacy = chunk.table(TableKind::prescriptions)
                                 .column<TextRef>(PrescriptionField::pharmacy_id)[person.state->prescription];
    return pharmacy.has_value() ? chunk.texts[*pharmacy] : std::string_view{};
}

/// Adds people up, one after the other.
class SupervisionCounter {
  public:
    SupervisionCounter(const Extract& extract, const Pictures& pictures)
        : m_extract(extract), m_pictures(pictures), m_services(extract.services.size()) {
        for (std::size_t service = 0; service < m_services.size(); ++service) {
            m_services[service].name = extract.services[service].name;
            m_services[service].service = ServiceIndex(service);
        }
        for (std::size_t stage = 0; stage < stage_count; ++stage)
            m_result.stages.push_back({std::string(text_of(static_cast<Stage>(stage))), {}, {}, {}});
        for (const std::string& item : extract.inventory_items)
            m_result.items.push_back({item, 0, 0, 0, 0});
    }

    void add(const PersonPicture& person, const std::optional<AsciPicture>& asci) {
        m_result.all.add(person.supervision);
        m_result.InventoryCount::add(person.supervision, asci);
        for (SupervisionLine* line :
             {&m_result.stages[static_cast<std::size_t>(person.state->stage)], &m_services[*person.service],
              &m_pharmacies[pharmacy_of(m_extract, person)]}) {
            line->count.add(person.supervision);
            line->inventories.add(person.supervision, asci);
        }
        if (asci && asci->supervised_after != Flag::not_recorded) add_items(*asci);
    }

    SupervisionFigures finish() {
        for (SupervisionLine& service : m_services)
            if (service.count.people() > 0) m_result.services.push_back(std::move(service));
        for (auto& [pharmacy, line] : m_pharmacies) {
            line.name = pharmacy;
            m_result.pharmacies.push_back(std::move(line));
        }
        std::ranges::stable_sort(m_result.pharmacies, {}, [](const SupervisionLine& line) {
            return std::tuple(line.name.empty(), -line.count.people());
        });
        for (auto& [items, combination] : m_combinations)
            m_result.combinations.push_back(std::move(combination));
        std::ranges::stable_sort(m_result.combinations, {}, [](const ItemCombination& combination) {
            return std::tuple(-combination.people, std::ranges::count(combination.items, true));
        });
        return std::move(m_result);
    }

  private:
    void add_items(const AsciPicture& asci) {
        const bool supervised = asci.supervised_after == Flag::yes;
        for (std::size_t i = 0; i < asci.items.size(); ++i) {
            InventoryItem& item = m_result.items[i];
            item.present += asci.items[i] == Flag::yes;
            item.present_supervised += asci.items[i] == Flag::yes && supervised;
            item.absent += asci.items[i] == Flag::no;
            item.absent_supervised += asci.items[i] == Flag::no && supervised;
        }
        if (every_item_in_use_answered(asci)) add_combination(asci, supervised);
    }

    bool every_item_in_use_answered(const AsciPicture& asci) const {
        for (std::size_t i = 0; i < asci.items.size(); ++i)
            if (m_pictures.items_in_use[i] && asci.items[i] == Flag::not_recorded) return false;
        return !asci.items.empty();
    }

    void add_combination(const AsciPicture& asci, bool supervised) {
        std::vector<bool> items;
        for (const Flag item : asci.items)
            items.push_back(item == Flag::yes);
        // Combinations that name an earlier item stand before those that do not.
        std::vector<bool> order = items;
        order.flip();
        ItemCombination& combination = m_combinations[std::move(order)];
        combination.items = std::move(items);
        ++combination.people;
        combination.supervised += supervised;
    }

    const Extract& m_extract;
    const Pictures& m_pictures;
    SupervisionFigures m_result;
    std::vector<SupervisionLine> m_services;  ///< by service
    std::map<std::string_view, SupervisionLine> m_pharmacies;
    std::map<std::vector<bool>, ItemCombination> m_combinations;
};

}  // namespace

std::optional<AsciPicture> current_asci(const PersonPicture& person, const PersonRecords* records,
                                        const Pictures& pictures, const Policy& policy) {
    return current_asci(person, records, pictures, policy, pictures.as_at);
}

std::optional<AsciPicture> current_asci(const PersonPicture& person, const PersonRecords* records,
                                        const Pictures& pictures, const Policy& policy,
                                        OptionalDay answers_to) {
    const Day after = add_months(pictures.as_at, -policy.priority.asci_months);
    const TeamAsci* answer = latest_answer(records, after, answers_to);
    const bool imported = person.asci && person.asci->day > after && person.asci->day <= pictures.as_at;
    if (answer != nullptr && !(imported && person.asci->day > answer->day)) return asci_picture(*answer);
    return imported ? person.asci : std::nullopt;
}

SupervisionFigures supervision_at(const Extract& extract, const Pictures& pictures, const Policy& policy,
                                  const Place& place, const TeamRecords& records, OptionalDay answers_to) {
    std::vector<bool> in_place(extract.services.size());
    for (const std::size_t service : place.services)
        in_place[service] = true;
    SupervisionCounter counter(extract, pictures);
    for (const PersonPicture& person : pictures.people)
        if (person.state && in_place[*person.service])
            counter.add(person, current_asci(person, records_of(records, person.place), pictures, policy,
                                             answers_to));
    return counter.finish();
}

}  // namespace optimat
