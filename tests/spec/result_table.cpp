#include "result_table.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <map>

namespace optimat::spec {

namespace {

bool for_people_only(std::string_view column) { return column == "why" || column == "note"; }

/// Compares one expected table with one actual one.
class Comparison {
  public:
    Comparison(const SpecStep& step, const SpecTable& expected, const ResultTable& actual,
               const Complain& complain)
        : m_step(step), m_expected(expected), m_actual(actual), m_complain(complain) {
        match_columns();
        check_keys();
        check_texts();
    }

    void run(Extent extent) {
        std::map<std::vector<std::string>, std::vector<const SpecRow*>> wanted;
        std::map<std::vector<std::string>, std::vector<const std::vector<std::string>*>> got;
        for (const SpecRow& row : m_expected.rows)
            wanted[expected_key(row)].push_back(&row);
        for (const auto& row : m_actual.rows)
            got[actual_key(row)].push_back(&row);
        for (auto& [key, rows] : wanted)
            compare_group(rows, got[key]);
        if (extent == Extent::named_rows) return;
        for (const auto& [key, rows] : got)
            for (const auto* row : rows)
                m_complain(m_step.line, fmt::format("{} | expected no such row", row_words(*row)));
    }

  private:
    void match_columns() {
        for (std::size_t i = 0; i < m_expected.columns.size(); ++i) {
            const std::string& name = m_expected.columns[i];
            if (for_people_only(name)) continue;
            const auto found = std::ranges::find(m_actual.columns, name, &ResultColumn::name);
            if (found == m_actual.columns.end())
                throw SpecError(m_expected.line, fmt::format("there is no column '{}' here; there are: {}",
                                                             name, column_words(m_actual.columns)));
            m_columns.push_back({i, static_cast<std::size_t>(found - m_actual.columns.begin())});
        }
    }

    void check_keys() const {
        for (std::size_t i = 0; i < m_actual.columns.size(); ++i) {
            const ResultColumn& column = m_actual.columns[i];
            if (column.use == ColumnUse::value || m_expected.find(column.name)) continue;
            const bool alike = std::ranges::all_of(
                m_actual.rows, [&](const auto& row) { return row[i] == m_actual.rows.front()[i]; });
            if (column.use == ColumnUse::key || !alike)
                throw SpecError(m_expected.line, fmt::format("the column '{}' is missing", column.name));
        }
    }

    void check_texts() const {
        for (const auto& [expected, actual] : m_columns) {
            const auto& texts = m_actual.columns[actual].texts;
            if (texts.empty()) continue;
            for (const SpecRow& row : m_expected.rows)
                if (!row.cells[expected].empty() &&
                    std::ranges::find(texts, row.cells[expected]) == texts.end())
                    throw SpecError(row.line, fmt::format("column {}: there is no '{}'; there are: {}",
                                                          m_expected.columns[expected], row.cells[expected],
                                                          fmt::join(texts, ", ")));
        }
    }

    bool is_key(std::size_t actual) const { return m_actual.columns[actual].use != ColumnUse::value; }

    std::vector<std::string> expected_key(const SpecRow& row) const {
        std::vector<std::string> key;
        for (const auto& [expected, actual] : m_columns)
            if (is_key(actual)) key.push_back(row.cells[expected]);
        return key;
    }
    std::vector<std::string> actual_key(const std::vector<std::string>& row) const {
        std::vector<std::string> key;
        for (const auto& [expected, actual] : m_columns)
            if (is_key(actual)) key.push_back(row[actual]);
        return key;
    }

    std::string row_words(const std::vector<std::string>& row) const {
        return fmt::format("{}", fmt::join(actual_key(row), " "));
    }
    std::string row_words(const SpecRow& row) const {
        return fmt::format("{}", fmt::join(expected_key(row), " "));
    }

    bool equal(const SpecRow& wanted, const std::vector<std::string>& got) const {
        return std::ranges::all_of(
            m_columns, [&](const auto& column) { return wanted.cells[column.first] == got[column.second]; });
    }

    /// Rows of one key: those that are equal go first, the rest are told apart cell by cell.
    void compare_group(std::vector<const SpecRow*>& wanted,
                       std::vector<const std::vector<std::string>*>& got) const {
        std::erase_if(wanted, [&](const SpecRow* row) {
            const auto same =
                std::ranges::find_if(got, [&](const auto* other) { return equal(*row, *other); });
            if (same == got.end()) return false;
            got.erase(same);
            return true;
        });
        for (const SpecRow* row : wanted) {
            if (got.empty()) {
                m_complain(row->line, fmt::format("{} | expected this row, got none", row_words(*row)));
                continue;
            }
            tell_apart(*row, *got.front());
            got.erase(got.begin());
        }
    }

    void tell_apart(const SpecRow& wanted, const std::vector<std::string>& got) const {
        const auto text = [](const std::string& cell) {
            return cell.empty() ? std::string("nothing") : cell;
        };
        for (const auto& [expected, actual] : m_columns)
            if (wanted.cells[expected] != got[actual])
                m_complain(wanted.line, fmt::format("{} | column {}: expected {}, got {}", row_words(wanted),
                                                    m_expected.columns[expected],
                                                    text(wanted.cells[expected]), text(got[actual])));
    }

    const SpecStep& m_step;
    const SpecTable& m_expected;
    const ResultTable& m_actual;
    const Complain& m_complain;
    std::vector<std::pair<std::size_t, std::size_t>>
        m_columns;  ///< places in the expected and the actual columns
};

}  // namespace

void compare(const SpecStep& step, const SpecTable& expected, const ResultTable& actual, Extent extent,
             const Complain& complain) {
    std::vector<std::pair<int, std::string>> found;
    const Complain collect = [&](int line, const std::string& what) { found.emplace_back(line, what); };
    Comparison(step, expected, actual, collect).run(extent);
    std::ranges::stable_sort(found, {}, &std::pair<int, std::string>::first);
    for (const auto& [line, what] : found)
        complain(line, what);
}

std::string column_words(const std::vector<ResultColumn>& columns) {
    std::string words;
    for (const ResultColumn& column : columns)
        words += (words.empty() ? "" : ", ") + column.name;
    return words;
}

}  // namespace optimat::spec
