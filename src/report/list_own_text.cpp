// What only one work list says of a person, in short lines.

#include "report/list_data.hpp"
#include "report/number_text.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <string_view>

namespace optimat {

namespace {

constexpr std::string_view not_recorded = "not recorded";

std::string_view band_words(Band band) {
    switch (band) {
    case Band::below:
        return "below threshold";
    case Band::at_or_above:
        return "at or above threshold";
    case Band::unknown:
        break;
    }
    return "band not known";
}

/// The cells of the list's own by the id of their column.
class OwnCells {
  public:
    OwnCells(const Extract& extract, const Pictures& pictures, const ListRow& row, WorkList list) {
        const std::vector<DataColumn> columns = own_columns(list);
        std::vector<DataCell> cells = own_cells(extract, pictures, row, list);
        for (std::size_t i = 0; i < columns.size(); ++i)
            m_cells.emplace(columns[i].id, std::move(cells[i]));
    }
    bool has(std::string_view id) const { return m_cells.find(id)->second.kind != CellKind::none; }
    bool says_yes(std::string_view id) const { return m_cells.find(id)->second.text == "yes"; }
    std::string text(std::string_view id) const {
        const DataCell& cell = m_cells.find(id)->second;
        if (cell.kind == CellKind::none) return std::string(not_recorded);
        if (cell.kind == CellKind::day) return short_date(Day{static_cast<std::int32_t>(cell.numerator)});
        return shown_text(cell);
    }

  private:
    std::map<std::string, DataCell, std::less<>> m_cells;
};

std::vector<std::string> target_lines(const PersonPicture& person) {
    if (!person.target.has_value()) return {"No target recorded"};
    return {
        fmt::format("Target {} mg, {}", mg_text((*person.target).number), band_words(person.target_band))};
}

std::string supervision_line(SupervisionState state) {
    constexpr std::string_view words[] = {"Supervision not recorded", "Supervised", "Not supervised",
                                          "An injection: nothing to supervise"};
    return std::string(words[static_cast<std::size_t>(state)]);
}

std::vector<std::string> supervision_lines(const OwnCells& own, const ListRow& row) {
    std::vector<std::string> lines = {supervision_line(row.person->supervision)};
    if (own.has("inventory_date"))
        lines.push_back(fmt::format("Inventory {}{}: {}", own.text("inventory_date"),
                                    own.says_yes("inventory_current") ? "" : ", not current or not complete",
                                    own.text("inventory_items") == "none" ? "no reason found"
                                                                          : own.text("inventory_items")));
    else
        lines.emplace_back("No inventory on record");
    if (own.has("last_concern"))
        lines.push_back("Last use, overdose or missed pick-up " + own.text("last_concern"));
    lines.push_back(fmt::format("Children at home: {}; stored safely: {}", own.text("children_in_household"),
                                own.text("safe_storage")));
    return lines;
}

std::string housing_line(const OwnCells& own) {
    std::string problems;
    bool known = false;
    for (const auto& [id, words] : {std::pair("top_acute_housing_problem", "acute problem"),
                                    std::pair("top_unsuitable_housing", "unsuitable"),
                                    std::pair("top_eviction_risk", "at risk of eviction")}) {
        known = known || own.has(id);
        if (own.says_yes(id)) problems += fmt::format("{}{}", problems.empty() ? "" : ", ", words);
    }
    if (!known) return fmt::format("Housing {}", not_recorded);
    return "Housing: " + (problems.empty() ? "no problem" : problems);
}

std::vector<std::string> recovery_lines(const OwnCells& own, const PersonPicture& person) {
    std::vector<std::string> lines;
    const std::string standing =
        fmt::format("{}{}", person.stable ? ", stable" : "", person.shared_care ? ", in shared care" : "");
    lines.push_back((own.has("years_in_treatment") ? own.text("years_in_treatment") + " years in treatment"
                                                   : "Time in treatment not recorded") +
                    standing);
    if (!own.has("top_date")) {
        lines.emplace_back("No TOP on record");
        return lines;
    }
    lines.push_back(fmt::format("TOP {}, of 20: physical health {}, psychological {}, quality of life {}",
                                own.text("top_date"), own.text("top_physical_health"),
                                own.text("top_psychological_health"), own.text("top_quality_of_life")));
    lines.push_back(fmt::format("Days of 28: paid work {}, volunteering {}, education {}",
                                own.text("top_paid_work_days"), own.text("top_volunteering_days"),
                                own.text("top_education_days")));
    lines.push_back(housing_line(own));
    return lines;
}

std::vector<std::string> cover_lines(const OwnCells& own, const OutOfCover& out) {
    std::vector<std::string> lines;
    if (out.days_uncovered)
        lines.push_back(fmt::format("{} out of cover, last covered {}", counted(*out.days_uncovered, "day"),
                                    own.text("last_covered")));
    else
        lines.emplace_back("No prescription on record");
    if (own.has("released")) lines.push_back("Released " + own.text("released"));
    if (own.has("left")) {
        std::string reason = own.text("end_reason");
        lines.push_back(fmt::format("Left {}: {}", own.text("left"),
                                    own.has("end_reason") ? reason : "reason not recorded"));
    }
    if (own.has("naloxone_since"))
        lines.emplace_back(own.says_yes("naloxone_since") ? "Naloxone supplied since"
                                                          : "No naloxone supplied since");
    return lines;
}

}  // namespace

std::string mg_text(std::int64_t micrograms) {
    std::string text = *ratio_text(micrograms, 1000, 1);
    if (text.ends_with(".0")) text.resize(text.size() - 2);
    return text;
}

std::string treatment_words(const PersonPicture& person) {
    if (!person.state) return "not in MAT";
    const State& state = *person.state;
    std::string words(words_for(state.medicine));
    words += state.dose_known ? fmt::format(" {} mg", mg_text(state.dose.number)) : ", dose not recorded";
    return fmt::format("{}, {}, {}", words, band_words(state.band),
                       state.regime == Regime::unknown ? "regime not known"
                       : state.regime == Regime::detox ? "detoxification"
                                                       : text_of(state.regime));
}

std::vector<std::string> own_lines(const Extract& extract, const Pictures& pictures, const ListRow& row,
                                   WorkList list) {
    switch (list) {
    case WorkList::priority_2:
    case WorkList::review_cohorts:
    case WorkList::mat4:
    case WorkList::slow_reduction:
        return target_lines(*row.person);
    case WorkList::priority_4:
        return supervision_lines(OwnCells(extract, pictures, row, list), row);
    case WorkList::priority_5:
        return recovery_lines(OwnCells(extract, pictures, row, list), *row.person);
    case WorkList::priority_6:
        return cover_lines(OwnCells(extract, pictures, row, list), *row.person->out_of_cover);
    case WorkList::priority_0:
    case WorkList::priority_1:
    case WorkList::priority_3:
        break;
    }
    return {};
}

}  // namespace optimat
