#include "priority_rows.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace optimat::spec {

namespace {

std::vector<std::string> block_texts() {
    std::vector<std::string> texts;
    for (std::size_t i = 0; i < list_block_count; ++i)
        texts.emplace_back(text_of(static_cast<ListBlock>(i)));
    return texts;
}

std::vector<std::string> status_texts() {
    std::vector<std::string> texts;
    for (std::size_t i = 0; i < review_status_count; ++i)
        texts.emplace_back(text_of(static_cast<ReviewStatus>(i)));
    return texts;
}

std::string number_text(std::optional<std::int32_t> number) { return number ? std::to_string(*number) : ""; }

std::string flag_text(Flag flag) {
    return flag == Flag::not_recorded ? "" : flag == Flag::yes ? "true" : "false";
}

/// Names of the items that are present, with commas between them.
std::string items_text(const Extract& extract, const std::vector<Flag>& items) {
    std::string text;
    for (std::size_t i = 0; i < items.size(); ++i)
        if (items[i] == Flag::yes) text += (text.empty() ? "" : ", ") + extract.inventory_items[i];
    return text;
}

/// A row of a list cell by cell, so that columns and texts stand beside each other.
class ListRowTexts {
  public:
    ListRowTexts(const Extract& extract, const ListRow& row, std::size_t position)
        : m_extract(extract), m_row(row), m_person(*row.person), m_position(position) {}

    std::vector<std::pair<std::string, std::string>> cells() const {
        std::vector<std::pair<std::string, std::string>> cells = {
            {"client_id", client_id()},
            {"place", std::to_string(m_position)},
            {"block", std::string(text_of(m_row.block))},
            {"status", std::string(text_of(m_row.standing.status))},
            {"review", m_row.standing.review ? to_text(m_row.standing.review->day) : ""},
            {"assigned_to", m_row.claim ? m_row.claim->assigned_to : ""},
            {"due", m_row.claim ? to_text(m_row.claim->due) : ""},
            {"service_id", service_id(m_person.service)},
            {"owner", owner()},
            {"team", std::string(m_person.team)},
            {"stage", m_person.state ? std::string(text_of(m_person.state->stage)) : ""},
            {"band", m_person.state ? std::string(text_of(m_person.state->band)) : ""},
            {"regime", m_person.state ? std::string(text_of(m_person.state->regime)) : ""},
            {"refused_records", std::to_string(m_person.refused_records)}};
        add_evidence(cells);
        add_treatment(cells);
        add_out_of_cover(cells);
        return cells;
    }

  private:
    using Cells = std::vector<std::pair<std::string, std::string>>;

    std::string client_id() const {
        return std::string(m_extract.chunks[m_person.place.chunk].client_ids[m_person.place.client]);
    }
    std::string service_id(ServiceIndex service) const {
        return service.has_value() ? m_extract.services[*service].service_id : "";
    }
    std::string owner() const {
        const ListOwner owner = owner_of(m_person);
        return owner.keyworker.empty() ? "service " + service_id(owner.service)
                                       : std::string(owner.keyworker);
    }

    void add_evidence(Cells& cells) const {
        cells.insert(cells.end(),
                     {{"present", std::to_string(count_of(m_person.risk, Presence::present))},
                      {"absent", std::to_string(count_of(m_person.risk, Presence::absent))},
                      {"unknown", std::to_string(count_of(m_person.risk, Presence::unknown))},
                      {"evidence", m_person.last_evidence ? to_text(m_person.last_evidence->day) : ""},
                      {"deciding", m_person.deciding ? to_text(m_person.deciding->day) : ""},
                      {"days_used", number_text(m_person.days_used)},
                      {"frequency", std::string(text_of(m_person.frequency))},
                      {"tolerance_lower", yes_or_no(m_person.tolerance_lower)},
                      {"naloxone", text_of_day(m_person.naloxone)},
                      {"naloxone_current", yes_or_no(m_person.naloxone_current)},
                      {"last_medical_review", text_of_day(m_person.last_medical_review)},
                      {"overdose_or_release", yes_or_no(m_person.recent_overdose_or_release)},
                      {"reducing_and_below", yes_or_no(m_person.reducing_and_below)}});
    }

    void add_treatment(Cells& cells) const {
        const auto& asci = m_row.asci;
        cells.insert(cells.end(), {{"target_mg", m_person.target ? milligram_text(*m_person.target) : ""},
                                   {"target_band", std::string(text_of(m_person.target_band))},
                                   {"supervision", std::string(text_of(m_person.supervision))},
                                   {"asci", asci ? to_text(asci->day) : ""},
                                   {"asci_items", asci ? items_text(m_extract, asci->items) : ""},
                                   {"asci_complete", asci ? yes_or_no(asci->complete) : ""},
                                   {"last_concern", text_of_day(m_person.last_concern)},
                                   {"children_in_household", flag_text(m_person.children_in_household)},
                                   {"safe_storage", flag_text(m_person.safe_storage)},
                                   {"last_top", last_top()},
                                   {"days_in_treatment", number_text(m_person.days_in_treatment)},
                                   {"stable", yes_or_no(m_person.stable)},
                                   {"shared_care", yes_or_no(m_person.shared_care)},
                                   {"reducing_long", yes_or_no(m_person.reducing_long)}});
    }

    std::string last_top() const {
        if (!m_person.last_top) return {};
        const Table& tops = m_extract.chunks[m_person.place.chunk].table(TableKind::tops);
        return to_text(tops.column<Day>(TopField::date)[*m_person.last_top]);
    }

    void add_out_of_cover(Cells& cells) const {
        const auto& out = m_person.out_of_cover;
        cells.insert(cells.end(),
                     {{"last_covered", out && out->days_uncovered ? to_text(out->last_covered) : ""},
                      {"days_uncovered", out ? number_text(out->days_uncovered) : ""},
                      {"left", out ? text_of_day(out->left) : ""},
                      {"end_reason", out ? std::string(text_of(codes::end_reason, out->end_reason)) : ""},
                      {"released", out ? text_of_day(out->released) : ""}});
    }

    const Extract& m_extract;
    const ListRow& m_row;
    const PersonPicture& m_person;
    std::size_t m_position;
};

/// Calls `visit(client_id, picture, findings)` for everybody in the extract.
template <class Visit> void for_each_risk(const CaseRun& run, int line, Visit visit) {
    const PriorityTaken& taken = priority_taken(run, line);
    const Extract& extract = run.extract(line);
    for (std::size_t chunk = 0; chunk < extract.chunks.size(); ++chunk)
        for (std::uint32_t client = 0; client < extract.chunks[chunk].client_count(); ++client) {
            std::vector<RiskFinding> findings;
            const auto person =
                picture_of(extract, run.policy(), taken.pictures.as_at, {chunk, client}, &findings);
            visit(std::string(extract.chunks[chunk].client_ids[client]),
                  person ? person->risk : risk_picture(findings, run.policy()), findings);
        }
}

std::vector<std::string> factor_texts() {
    std::vector<std::string> texts;
    for (std::size_t i = 0; i < risk_factor_count; ++i)
        texts.emplace_back(text_of(static_cast<RiskFactor>(i)));
    return texts;
}

std::vector<std::string> presence_texts() {
    return {std::string(text_of(Presence::unknown)), std::string(text_of(Presence::absent)),
            std::string(text_of(Presence::present))};
}

std::string source_text(const std::optional<RiskFinding>& finding) {
    return finding ? std::string(words_for(finding->source)) : "";
}
std::string date_text(const std::optional<RiskFinding>& finding) {
    return finding ? to_text(finding->day) : "";
}

}  // namespace

const PriorityTaken& priority_taken(const CaseRun& run, int line) {
    run.extract(line);
    if (!run.priority) throw SpecError(line, "the When above took no list");
    return *run.priority;
}

const ListTaken& list_taken(const CaseRun& run, int line) {
    const PriorityTaken& taken = priority_taken(run, line);
    if (!taken.list) throw SpecError(line, "the When above took no list");
    return *taken.list;
}

std::string text_of_day(OptionalDay day) { return day ? to_text(*day) : ""; }
std::string yes_or_no(bool value) { return value ? "yes" : "no"; }

std::string percent_text(std::int64_t part, std::int64_t whole) {
    if (whole == 0) return {};
    constexpr double slack = 1e-7;  // a double may lie just below the half that it means
    const double percent = 100.0 * static_cast<double>(part) / static_cast<double>(whole);
    return fmt::format("{:.2f}", std::floor(percent * 100 + 0.5 + slack) / 100);
}

std::vector<ResultColumn> list_columns() {
    std::vector<ResultColumn> columns;
    Extract one;
    one.chunks.resize(1);
    one.chunks[0].client_ids.push_back("");
    PersonPicture person{};
    const ListRow row{&person, ListBlock{}, {}, nullptr, nullptr, {}};
    for (const auto& [name, text] : ListRowTexts(one, row, 1).cells())
        columns.push_back({name, name == "client_id" ? ColumnUse::key : ColumnUse::value,
                           name == "block"    ? block_texts()
                           : name == "status" ? status_texts()
                                              : std::vector<std::string>{}});
    return columns;
}

ResultTable list_rows(const CaseRun& run, int line) {
    ResultTable table{list_columns(), {}};
    const ListTaken& list = list_taken(run, line);
    for (std::size_t i = 0; i < list.rows.size(); ++i) {
        auto& texts = table.rows.emplace_back();
        for (auto& [name, text] : ListRowTexts(run.extract(line), list.rows[i], i + 1).cells())
            texts.push_back(std::move(text));
    }
    return table;
}

std::vector<ResultColumn> list_count_columns() {
    std::vector<std::string> names = block_texts();
    names.emplace_back("all");
    std::vector<ResultColumn> columns = {{"block", ColumnUse::key, names}, {"people", ColumnUse::value, {}}};
    for (const std::string& status : status_texts())
        columns.push_back({status, ColumnUse::value, {}});
    columns.push_back({"tracker", ColumnUse::value, {}});
    return columns;
}

ResultTable list_count_rows(const CaseRun& run, int line) {
    const ListTaken& list = list_taken(run, line);
    const ListCount count = count_list(list.rows);
    const auto counted = tracker_blocks(list.list);
    ResultTable table{list_count_columns(), {}};
    const auto add = [&](const std::string& name, const auto& by_status, bool tracker) {
        std::int64_t people = 0;
        for (const std::int64_t number : by_status)
            people += number;
        auto& row = table.rows.emplace_back(std::vector<std::string>{name, std::to_string(people)});
        for (const std::int64_t number : by_status)
            row.push_back(std::to_string(number));
        row.push_back(yes_or_no(tracker));
        return people;
    };
    for (std::size_t i = 0; i < list_block_count; ++i) {
        const auto block = static_cast<ListBlock>(i);
        const bool tracker = std::ranges::find(counted, block) != counted.end();
        if (add(std::string(text_of(block)), count.by_block[i], tracker) == 0) table.rows.pop_back();
    }
    add("all", count.by_status, false);
    table.rows.back().back().clear();
    return table;
}

std::vector<ResultColumn> risk_columns() {
    return {{"client_id", ColumnUse::key, {}},
            {"factor", ColumnUse::key, factor_texts()},
            {"presence", ColumnUse::value, presence_texts()},
            {"source", ColumnUse::value, {}},
            {"date", ColumnUse::value, {}},
            {"conflict_source", ColumnUse::value, {}},
            {"conflict_date", ColumnUse::value, {}}};
}

ResultTable risk_rows(const CaseRun& run, int line) {
    ResultTable table{risk_columns(), {}};
    for_each_risk(run, line, [&](const std::string& client, const RiskPicture& risk, const auto&) {
        for (std::size_t i = 0; i < risk_factor_count; ++i)
            table.rows.push_back({client, factor_texts()[i], std::string(text_of(risk[i].presence)),
                                  source_text(risk[i].deciding), date_text(risk[i].deciding),
                                  source_text(risk[i].conflict), date_text(risk[i].conflict)});
    });
    return table;
}

std::vector<ResultColumn> risk_count_columns() {
    std::vector<ResultColumn> columns = {{"client_id", ColumnUse::key, {}}};
    for (const char* presence : {"present", "absent", "unknown"})
        columns.push_back({presence, ColumnUse::value, {}});
    return columns;
}

ResultTable risk_count_rows(const CaseRun& run, int line) {
    ResultTable table{risk_count_columns(), {}};
    for_each_risk(run, line, [&](const std::string& client, const RiskPicture& risk, const auto&) {
        table.rows.push_back({client, std::to_string(count_of(risk, Presence::present)),
                              std::to_string(count_of(risk, Presence::absent)),
                              std::to_string(count_of(risk, Presence::unknown))});
    });
    return table;
}

std::vector<ResultColumn> risk_finding_columns() {
    return {{"client_id", ColumnUse::key, {}},
            {"factor", ColumnUse::key, factor_texts()},
            {"source", ColumnUse::key, {}},
            {"date", ColumnUse::key, {}},
            {"says", ColumnUse::value, {"yes", "no"}}};
}

ResultTable risk_finding_rows(const CaseRun& run, int line) {
    ResultTable table{risk_finding_columns(), {}};
    for_each_risk(run, line, [&](const std::string& client, const auto&, const auto& findings) {
        for (const RiskFinding& finding : findings)
            table.rows.push_back({client, std::string(text_of(finding.factor)),
                                  std::string(words_for(finding.source)), to_text(finding.day),
                                  yes_or_no(finding.present)});
    });
    return table;
}

}  // namespace optimat::spec
