#include "measure/service_data.hpp"

#include "base/check.hpp"
#include "measure/attribution.hpp"
#include "measure/state_visits.hpp"

#include <algorithm>
#include <deque>
#include <fmt/format.h>
#include <map>

namespace optimat {

namespace {

constexpr std::string_view band_words[] = {"below threshold", "at or above threshold", "dose band unknown"};
constexpr Regime regimes[] = {Regime::reducing, Regime::fixed, Regime::increasing, Regime::detox,
                              Regime::unknown};

/// The rows, made once: the total, the stages, and for MAT2 and MAT3 their bands and regimes.
class RowList {
  public:
    RowList() {
        add({"total", "Total in MAT", 0, {}, {}, {}, true});
        add({"mat1", "MAT 1 induction", 0, Stage::mat1, {}, {}, true});
        add_maintenance(Stage::mat2, "mat2", "MAT 2 using on top");
        add_maintenance(Stage::mat3, "mat3", "MAT 3 no use on top");
        add({"mat4", "MAT 4 detoxification", 0, Stage::mat4, {}, {}, true});
        add({"uncategorised",
             "Uncategorised: no recent TOP or screen",
             0,
             Stage::uncategorised,
             {},
             {},
             true});
    }
    std::span<const ServiceDataRow> rows() const { return m_rows; }

  private:
    void add(const ServiceDataRow& row) { m_rows.push_back(row); }
    std::string_view keep(std::string text) { return m_texts.emplace_back(std::move(text)); }

    void add_maintenance(Stage stage, const std::string& id, std::string_view words) {
        add({keep(id), words, 0, stage, {}, {}, true});
        for (const Band band : {Band::below, Band::at_or_above, Band::unknown}) {
            const std::string band_id =
                fmt::format("{}_{}", id, band == Band::unknown ? "unbanded" : text_of(band));
            add({keep(band_id), band_words[static_cast<std::size_t>(band)], 1, stage, band, {}, true});
            if (band != Band::unknown) add_regimes(stage, band, band_id, 2);
        }
        add_regimes(stage, std::nullopt, id, 1);
    }

    void add_regimes(Stage stage, std::optional<Band> band, const std::string& id, int level) {
        for (const Regime regime : regimes)
            add({keep(fmt::format("{}_{}", id, text_of(regime))),
                 regime == Regime::unknown ? "regime unknown" : text_of(regime), level, stage, band, regime,
                 false});
    }

    std::vector<ServiceDataRow> m_rows;
    std::deque<std::string> m_texts;
};

void add_person(ServiceDataCell& cell, const State& state, const Policy& policy) {
    ++cell.people;
    cell.on_threshold += state.on_threshold;
    cell.regime_conflicts += state.regime_conflict;
    const auto& high = policy.family(state.medicine).high_dose;
    cell.high_dose += state.dose_known && high && state.dose > *high;
    switch (state.medicine) {
    case Family::methadone:
        if (state.dose_known) cell.methadone.add(state.dose);
        break;
    case Family::buprenorphine:
        if (state.dose_known) cell.buprenorphine.add(state.dose);
        break;
    case Family::buprenorphine_lyophilisate:
        ++cell.lyophilisate;
        break;
    case Family::buprenorphine_weekly:
    case Family::buprenorphine_monthly:
    case Family::buprenorphine_sublocade:
        ++cell.injections;
        break;
    case Family::other:
        ++cell.other_medicine;
        break;
    case Family::not_mat:
        OPTIMAT_CHECK(false, "a state without a MAT medicine");
    }
}

constexpr std::string_view breakdown_texts[] = {"prescriber", "team",     "keyworker",         "medicine",
                                                "sex",        "age_band", "time_in_treatment", "collection"};

std::string_view part_of(const Chunk& chunk, const State& state, Day day, Breakdown by) {
    if (by == Breakdown::medicine) return words_for(state.medicine);
    const Attribution who = attribute(chunk, state, day);
    switch (by) {
    case Breakdown::prescriber:
        return who.prescriber;
    case Breakdown::team:
        return who.team;
    case Breakdown::keyworker:
        return who.keyworker;
    case Breakdown::sex:
        return text_of(codes::sex, who.sex);
    case Breakdown::age_band:
        return age_band(who.age);
    case Breakdown::time_in_treatment:
        return time_band(who.days_in_treatment);
    case Breakdown::collection:
        return text_of(codes::collection, who.collection);
    case Breakdown::medicine:
        break;
    }
    return {};
}

constexpr std::string_view not_recorded_part = "not recorded";

}  // namespace

bool ServiceDataRow::holds(const State& state) const {
    return (!stage || *stage == state.stage) && (!band || *band == state.band) &&
           (!regime || *regime == state.regime);
}

std::span<const ServiceDataRow> service_data_rows() {
    static const RowList list;
    return list.rows();
}

ServiceDataCell& ServiceDataCell::operator+=(const ServiceDataCell& other) {
    people += other.people;
    methadone += other.methadone;
    buprenorphine += other.buprenorphine;
    lyophilisate += other.lyophilisate;
    injections += other.injections;
    other_medicine += other.other_medicine;
    on_threshold += other.on_threshold;
    high_dose += other.high_dose;
    regime_conflicts += other.regime_conflicts;
    return *this;
}

std::vector<ServiceDataCell> ServiceDataTable::at(const Place& place) const {
    std::vector<ServiceDataCell> sum(service_data_rows().size());
    for (const std::size_t service : place.services)
        for (std::size_t row = 0; row < sum.size(); ++row)
            sum[row] += cells[service][row];
    return sum;
}

ServiceDataTable make_service_data(const Extract& extract, const States& states, std::size_t date,
                                   const Policy& policy, ThreadCount threads) {
    const auto rows = service_data_rows();
    using Cells = std::vector<std::vector<ServiceDataCell>>;
    const Cells empty(extract.services.size(), std::vector<ServiceDataCell>(rows.size()));
    std::vector<Cells> by_worker(std::max(1u, threads.number), empty);
    for_each_piece(states.chunks.size(), threads, [&](std::size_t chunk, unsigned worker) {
        for (const State& state : states.chunks[chunk]) {
            if (state.date != date) continue;
            for (std::size_t row = 0; row < rows.size(); ++row)
                if (rows[row].holds(state)) add_person(by_worker[worker][*state.service][row], state, policy);
        }
    });
    ServiceDataTable table{states.dates[date], empty};
    for (const Cells& cells : by_worker)
        for (std::size_t service = 0; service < cells.size(); ++service)
            for (std::size_t row = 0; row < rows.size(); ++row)
                table.cells[service][row] += cells[service][row];
    return table;
}

std::optional<double> share_of_all(const std::vector<ServiceDataCell>& cells, std::size_t row) {
    if (cells[0].people == 0) return std::nullopt;
    return static_cast<double>(cells[row].people) / static_cast<double>(cells[0].people);
}

std::optional<Spread> spread_of_services(const ServiceDataTable& table, std::size_t row) {
    std::vector<double> shares;
    for (const auto& cells : table.cells)
        if (const auto share = share_of_all(cells, row)) shares.push_back(*share);
    return spread_of(std::move(shares));
}

std::optional<Spread> dose_range(const Extract& extract, const States& states, std::size_t date,
                                 const Place& place, const ServiceDataRow& row, Family family) {
    std::vector<double> doses;
    for_people(extract, states, date, place, [&](std::size_t, const State& state) {
        if (row.holds(state) && state.medicine == family && state.dose_known)
            doses.push_back(static_cast<double>(state.dose.number) / 1000.0);
    });
    return spread_of(std::move(doses));
}

std::string_view breakdown_part(const Chunk& chunk, const State& state, Day day, Breakdown by) {
    const std::string_view part = part_of(chunk, state, day, by);
    return part.empty() ? not_recorded_part : part;
}

std::string_view text_of(Breakdown breakdown) { return breakdown_texts[static_cast<std::size_t>(breakdown)]; }

std::vector<BreakdownPart> break_down(const Extract& extract, const States& states, std::size_t date,
                                      const Policy& policy, const Place& place, const ServiceDataRow& row,
                                      Breakdown by) {
    std::map<std::string, ServiceDataCell, std::less<>> cells;
    for_people(extract, states, date, place, [&](std::size_t chunk, const State& state) {
        if (!row.holds(state)) return;
        const std::string_view part = breakdown_part(extract.chunks[chunk], state, states.dates[date], by);
        add_person(cells[std::string(part)], state, policy);
    });
    std::vector<BreakdownPart> parts;
    for (auto& [part, cell] : cells)
        parts.push_back({part, cell});
    std::ranges::stable_sort(parts, [](const BreakdownPart& a, const BreakdownPart& b) {
        const bool a_missing = a.part == not_recorded_part, b_missing = b.part == not_recorded_part;
        if (a_missing != b_missing) return b_missing;
        return a.cell.people > b.cell.people;
    });
    return parts;
}

}  // namespace optimat
