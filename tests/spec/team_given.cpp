#include "team_given.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace optimat::spec {

namespace {

/// The cells of one row by their columns.
class Cells {
  public:
    Cells(const SpecTable& table, const SpecRow& row) : m_table(table), m_row(row) {}

    int line() const { return m_row.line; }
    std::string text(std::string_view column) const {
        const auto place = m_table.find(column);
        return place ? m_row.cells[*place] : std::string{};
    }
    OptionalDay day(std::string_view column) const {
        const std::string cell = text(column);
        if (cell.empty()) return {};
        const auto day = parse_iso_day(cell);
        if (!day) throw SpecError(line(), fmt::format("column {}: '{}' is not a date", column, cell));
        return *day;
    }
    Day required_day(std::string_view column) const {
        const OptionalDay found = day(column);
        if (!found) throw SpecError(line(), fmt::format("column {}: a date is missing", column));
        return *found;
    }
    std::vector<std::string> texts(std::string_view column) const {
        std::vector<std::string> found;
        std::string rest = text(column);
        while (!rest.empty()) {
            const std::size_t end = std::min(rest.find(", "), rest.size());
            found.push_back(rest.substr(0, end));
            rest.erase(0, end + 2 > rest.size() ? rest.size() : end + 2);
        }
        return found;
    }
    /// One of two words; anything else, an empty cell included, is `otherwise`.
    template <class Value>
    Value one_of(std::string_view column, std::pair<std::string_view, Value> first,
                 std::pair<std::string_view, Value> second, Value empty) const {
        const std::string cell = text(column);
        if (cell == first.first) return first.second;
        if (cell == second.first) return second.second;
        if (cell.empty()) return empty;
        throw SpecError(line(), fmt::format("column {}: '{}' is neither {} nor {}", column, cell, first.first,
                                            second.first));
    }
    Flag flag(std::string_view column) const {
        return one_of<Flag>(column, {"true", Flag::yes}, {"false", Flag::no}, Flag::not_recorded);
    }

  private:
    const SpecTable& m_table;
    const SpecRow& m_row;
};

void check_columns(const SpecTable& rows, std::vector<std::string> known) {
    if (!rows.find("client_id")) throw SpecError(rows.line, "the column 'client_id' is missing");
    known.insert(known.end(), {"client_id", "why", "note"});
    for (const std::string& column : rows.columns)
        if (std::ranges::find(known, column) == known.end())
            throw SpecError(rows.line, fmt::format("there is no column '{}' here; there are: {}", column,
                                                   fmt::join(known, ", ")));
}

std::vector<WorkList> lists_of(const Cells& cells) {
    std::vector<WorkList> lists;
    for (const std::string& text : cells.texts("lists")) {
        const auto list = work_list_of(text);
        if (!list) throw SpecError(cells.line(), fmt::format("there is no list '{}'", text));
        lists.push_back(*list);
    }
    return lists;
}

ClientPlace place_of(const Extract& extract, int line, const std::string& client_id) {
    for (std::size_t chunk = 0; chunk < extract.chunks.size(); ++chunk)
        for (std::size_t client = 0; client < extract.chunks[chunk].client_count(); ++client)
            if (extract.chunks[chunk].client_ids[client] == client_id)
                return {chunk, static_cast<std::uint32_t>(client)};
    throw SpecError(line, fmt::format("the extract has no client '{}'", client_id));
}

}  // namespace

void TeamGiven::set_reviews(const SpecTable& rows) {
    check_columns(rows, {"day", "lists", "outcomes", "deferred_to", "awaits_co_signature"});
    m_reviews.clear();
    for (const SpecRow& row : rows.rows) {
        const Cells cells(rows, row);
        TeamReview review;
        review.number = static_cast<std::int64_t>(m_reviews.size()) + 1;
        review.day = cells.required_day("day");
        review.lists = lists_of(cells);
        review.outcomes = cells.texts("outcomes");
        review.deferred_to = cells.day("deferred_to");
        review.awaits_co_signature =
            cells.one_of<bool>("awaits_co_signature", {"yes", true}, {"no", false}, false);
        m_reviews.push_back({row.line, cells.text("client_id"), std::move(review)});
    }
}

void TeamGiven::set_claims(const SpecTable& rows) {
    check_columns(rows, {"assigned_to", "due"});
    m_claims.clear();
    for (const SpecRow& row : rows.rows) {
        const Cells cells(rows, row);
        m_claims.push_back({row.line, cells.text("client_id"),
                            TeamClaim{cells.text("assigned_to"), cells.required_day("due")}});
    }
}

void TeamGiven::set_asci_answers(const SpecTable& rows, const std::vector<std::string>& items) {
    std::vector<std::string> known = {"day", "supervised_before", "supervised_after"};
    known.insert(known.end(), items.begin(), items.end());
    check_columns(rows, known);
    m_ascis.clear();
    for (const SpecRow& row : rows.rows) {
        const Cells cells(rows, row);
        TeamAsci asci;
        asci.day = cells.required_day("day");
        asci.supervised_before = cells.flag("supervised_before");
        asci.supervised_after = cells.flag("supervised_after");
        for (const std::string& item : items)
            asci.items.push_back(cells.flag(item));
        m_ascis.push_back({row.line, cells.text("client_id"), std::move(asci)});
    }
}

TeamRecords TeamGiven::records(const Extract& extract) const {
    TeamRecords records;
    for (const auto& given : m_reviews)
        records[place_of(extract, given.line, given.client_id)].reviews.push_back(given.record);
    for (const auto& given : m_claims)
        records[place_of(extract, given.line, given.client_id)].claim = given.record;
    for (const auto& given : m_ascis)
        records[place_of(extract, given.line, given.client_id)].ascis.push_back(given.record);
    for (auto& [place, person] : records) {
        std::ranges::stable_sort(person.reviews, {}, &TeamReview::day);
        std::ranges::stable_sort(person.ascis, {}, &TeamAsci::day);
    }
    return records;
}

}  // namespace optimat::spec
