// The same figures by every way out: the page, its CSV, its workbook and the API against `optimat tracker`,
// cell by cell, for every place and month of the synthetic national provider.

#include "dashboard/html_table.hpp"
#include "report/number_text.hpp"
#include "report/tracker_text.hpp"
#include "stage/classify.hpp"
#include "web/site_for_tests.hpp"
#include "workbook/grid.hpp"

#include <cmath>
#include <nlohmann/json.hpp>
#include <sstream>

namespace optimat::dashboard_tests {

namespace {

using Json = nlohmann::json;
using Cells = std::vector<std::string>;

/// The provider's store, made once.
const std::filesystem::path& provider_store() {
    static const TemporaryFolder folder;
    static const auto file = [] {
        SynthOptions options;
        options.out = folder.path() / "extract";
        import_synthetic(options, (folder.path() / "store.sqlite").string());
        std::filesystem::remove_all(options.out);
        return folder.path() / "store.sqlite";
    }();
    return file;
}

std::vector<Cells> read_csv(const std::string& text) {
    std::vector<Cells> rows;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        // Texts with commas stand at the ends of these files only, in the provenance.
        Cells cells;
        std::istringstream parts(line);
        for (std::string part; std::getline(parts, part, ',');)
            cells.push_back(part);
        rows.push_back(std::move(cells));
    }
    return rows;
}

/// What `optimat tracker` says of one group of a month.
struct Said {
    std::string people, share_of_cohorts, share_of_all, mean;
};
using SaidByMonth = std::map<std::string, std::map<std::string, Said>>;

/// What the command writes, from an extract of its own that it classifies anew.
class TrackerCommand {
  public:
    explicit TrackerCommand(const Figures& figures)
        : m_extract(figures.extract()),
          m_states(
              classify(m_extract, figures.policy(), tracker_dates(m_extract.covers_to, 36), ThreadCount{2})),
          m_table(make_tracker(m_extract, m_states, ThreadCount{2})) {}

    SaidByMonth of(const Place& place) const {
        std::string csv;
        Place plain = place;
        plain.id = plain.name = "place";  // no commas
        write_tracker_csv(tracker_series(m_table, plain), {},
                          [&csv](std::string_view piece) { csv += piece; });
        SaidByMonth said;
        const auto rows = read_csv(csv);
        for (std::size_t i = 1; i < rows.size(); ++i)
            said[rows[i][3]][rows[i][4]] = {rows[i][5], rows[i][6], rows[i][7], rows[i][8]};
        return said;
    }

  private:
    const Extract& m_extract;
    States m_states;
    TrackerTable m_table;
};

/// The table's columns after the month, as the command says them.
Cells expected_row(const std::map<std::string, Said>& groups) {
    std::int64_t in_mat = 0;
    for (const auto& [group, said] : groups)
        in_mat += std::stoll(said.people);
    Cells cells = {std::to_string(in_mat)};
    for (const char* cohort : {"red", "amber", "green", "grey"}) {
        const Said& said = groups.at(cohort);
        cells.insert(cells.end(), {said.people, said.share_of_cohorts, said.mean});
    }
    const Said& unknown = groups.at("uncategorised");
    cells.insert(cells.end(), {unknown.people, unknown.share_of_all});
    for (const char* group : {"mat1", "mat4", "mat2_unbanded", "mat3_unbanded"})
        cells.push_back(groups.at(group).people);
    return cells;
}

/// A number as the page shows it: shares as percentages with one decimal, means with one decimal.
std::string shown(const std::string& figure, std::size_t column) {
    if (figure.empty()) return "–";
    if (figure.find('.') == figure.npos) return count_text(std::stoll(figure));
    const bool is_share = column == 14 || (column >= 1 && column <= 12 && column % 3 == 2);
    // From six or three decimals to one: a tie cannot be told from what lies just beside it, so both are
    // right.
    return is_share ? decimal_text(std::stod(figure) * 100, 1) + " %" : decimal_text(std::stod(figure), 1);
}

void expect_close(const std::string& is, const std::string& expected, const std::string& where) {
    if (is == expected) return;
    // Rounded twice: at most the last digit differs.
    const double difference = std::abs(std::stod(is) - std::stod(expected));
    EXPECT_LE(difference, 0.1000001) << where << " " << is << " " << expected;
    EXPECT_NE(is.find('.'), is.npos) << where;
}

class FiguresByEveryWay : public testing::Test {
  protected:
    FiguresByEveryWay() : m_site(provider_store()), m_figures(m_site.figures()), m_command(*m_figures) {}

    std::string query(const Place& place) const { return "?months=36&place=" + url_encode(place_key(place)); }
    Response get(const std::string& target) { return m_site.get(Role::organisation_analyst, target); }

    TestSite m_site;
    std::shared_ptr<const Figures> m_figures;
    TrackerCommand m_command;
};

}  // namespace

TEST_F(FiguresByEveryWay, CsvSaysWhatTheCommandSays) {
    for (const Place& place : m_figures->places()) {
        const SaidByMonth said = m_command.of(place);
        const auto rows = read_csv(get("/tracker.csv" + query(place)).body);
        ASSERT_EQ(rows.size(), said.size() + 1);
        ASSERT_EQ(said.size(), 36u);
        for (std::size_t i = 1; i < rows.size(); ++i) {
            const Cells expected = expected_row(said.at(rows[i][0]));
            ASSERT_EQ(Cells(rows[i].begin() + 1,
                            rows[i].begin() + 1 + static_cast<std::ptrdiff_t>(expected.size())),
                      expected)
                << place_key(place) << " " << rows[i][0];
        }
    }
}

TEST_F(FiguresByEveryWay, TheApiSaysWhatTheCsvSays) {
    for (const Place& place : m_figures->places()) {
        const auto rows = read_csv(get("/tracker.csv" + query(place)).body);
        const Json table = Json::parse(get("/api/v1/tracker" + query(place)).body)["tables"]["tracker"];
        ASSERT_EQ(table["rows"].size() + 1, rows.size());
        for (std::size_t i = 1; i < rows.size(); ++i)
            for (std::size_t k = 0; k < table["columns"].size(); ++k) {
                const Json& value = table["rows"][i - 1][table["columns"][k]["id"].get<std::string>()];
                const std::string& text = rows[i][k];
                if (value.is_null())
                    ASSERT_EQ(text, "");
                else if (value.is_string())
                    ASSERT_EQ(value.get<std::string>(), text);
                else
                    ASSERT_DOUBLE_EQ(value.get<double>(), std::stod(text));
            }
    }
}

TEST_F(FiguresByEveryWay, ThePageSaysWhatTheCommandSays) {
    for (const Place& place : m_figures->places()) {
        const SaidByMonth said = m_command.of(place);
        const auto page =
            read_html_table(get("/tracker" + query(place)).body, "People in MAT by cohort and stage");
        ASSERT_EQ(page.size(), 36u);
        for (std::size_t i = 0; i < page.size(); ++i) {
            const Day day = m_figures->dates()[m_figures->dates().size() - 1 - i];
            ASSERT_EQ(page[i][0], column_label(day));
            const Cells expected = expected_row(said.at(to_text(day)));
            for (std::size_t k = 0; k < expected.size(); ++k)
                expect_close(page[i][k + 1], shown(expected[k], k), place_key(place) + " " + to_text(day));
        }
    }
}

TEST_F(FiguresByEveryWay, TheWorkbookSaysWhatTheApiSays) {
    const TemporaryFolder folder;
    for (const Place& place : m_figures->places()) {
        const auto file = folder.write("figures.xlsx", get("/tracker.xlsx" + query(place)).body);
        const auto package = workbook_tests::read_package(file);
        const auto grid = workbook_tests::read_grid(package, workbook_tests::sheet_names_of(package).front());
        const Json table = Json::parse(get("/api/v1/tracker" + query(place)).body)["tables"]["tracker"];
        for (std::size_t i = 0; i < table["rows"].size(); ++i)
            for (std::size_t k = 1; k < table["columns"].size(); ++k) {
                const Json& value = table["rows"][i][table["columns"][k]["id"].get<std::string>()];
                const auto& cell = grid.at(4 + i, k);
                if (value.is_null())
                    ASSERT_TRUE(cell.empty());
                else
                    ASSERT_NEAR(cell.number.value(), value.get<double>(), 0.000501) << place_key(place);
            }
    }
}

TEST_F(FiguresByEveryWay, FlowsOfThePageSumToTheTracker) {
    for (const Place& place : m_figures->places()) {
        const Json flows = Json::parse(get("/api/v1/flows" + query(place)).body)["tables"]["flows"];
        const std::size_t last = m_figures->dates().size() - 1;
        for (std::size_t group = 0; group < tracker_group_count; ++group) {
            std::int64_t now = 0, before = 0;
            for (std::size_t other = 0; other < flow_ends; ++other) {
                now += flows["rows"][other][std::string(flow_end_text(group))].get<std::int64_t>();
                before += flows["rows"][group][std::string(flow_end_text(other))].get<std::int64_t>();
            }
            EXPECT_EQ(now, m_figures->tracker().at(last, place).people[group]);
            EXPECT_EQ(before, m_figures->tracker().at(last - 1, place).people[group]);
        }
    }
}

}  // namespace optimat::dashboard_tests
