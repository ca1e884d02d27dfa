// Supervised consumption on the web: page, CSV and API say the same, and parts sum to the whole.

#include "web/pages_for_tests.hpp"

#include <cmath>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

namespace optimat {

namespace {

using testing::HasSubstr;
using testing::Not;
using Json = nlohmann::json;

constexpr Role analyst = Role::organisation_analyst;
constexpr const char* table_ids[] = {"supervision", "services", "pharmacies", "items", "combinations"};

/// A cell of the API as the CSV writes it.
std::string csv_text(const Json& value, const std::string& csv) {
    if (value.is_null()) return "";
    if (value.is_string()) return value.get<std::string>();
    if (value.is_number_integer()) return std::to_string(value.get<std::int64_t>());
    // Both have six decimals; only the zeros at the end differ.
    EXPECT_NEAR(value.get<double>(), std::stod(csv), 1e-9);
    return csv;
}

void expect_equal(const Json& table, const std::vector<std::map<std::string, std::string>>& rows) {
    ASSERT_EQ(table["rows"].size(), rows.size());
    for (std::size_t row = 0; row < rows.size(); ++row)
        for (const auto& [column, value] : table["rows"][row].items())
            EXPECT_EQ(csv_text(value, rows[row].at(column)), rows[row].at(column)) << column;
}

/// `61.3 %` as pages write a share.
std::string shown_share(const std::string& share) {
    return share.empty() ? "–" : fmt::format("{:.1f} %", std::floor(std::stod(share) * 1000 + 0.5) / 10);
}

}  // namespace

TEST(SupervisionPage, CsvAndApiSayTheSameCellByCell) {
    TestSite site;
    for (const std::string query : {"place=organisation", "place=service%3AS0002&month=2018-06"}) {
        const Json api = Json::parse(site.get(analyst, "/api/v1/supervision?" + query).body);
        ASSERT_EQ(api["tables"].size(), std::size(table_ids));
        for (const std::string id : table_ids) {
            SCOPED_TRACE(query + " " + id);
            const Response csv = site.get(analyst, fmt::format("/supervision.csv?{}&table={}", query, id));
            ASSERT_EQ(csv.status, 200);
            expect_equal(api["tables"][id], csv_rows(csv.body));
        }
    }
}

TEST(SupervisionPage, ShowsTheFiguresOfItsCsv) {
    TestSite site;
    const std::string query = "place=service%3AS0002";
    const std::string page = site.get(analyst, "/supervision?" + query).body;
    const auto stages = csv_rows(site.get(analyst, "/supervision.csv?" + query).body);
    EXPECT_THAT(page, HasSubstr(fmt::format("app-key__number\">{}<", shown_share(stages[0].at("rate")))));
    EXPECT_THAT(page, HasSubstr(fmt::format("app-key__number\">{}<", shown_share(stages[0].at("coverage")))));
    EXPECT_THAT(page,
                HasSubstr(fmt::format("app-key__number\">{}<", shown_share(stages[0].at("agreement")))));
    EXPECT_THAT(page,
                HasSubstr(fmt::format("organisation {}<", shown_share(stages[0].at("organisation_rate")))));
    for (const auto& row : csv_rows(site.get(analyst, "/supervision.csv?table=items&" + query).body))
        EXPECT_THAT(page,
                    HasSubstr(fmt::format(
                        "<th scope=\"row\">{}</th><td class=\"app-number\">{}</td><td class=\"app-number\">{}"
                        "</td><td class=\"app-number\">{}</td>",
                        row.at("item"), row.at("present"), row.at("present_supervised"),
                        row.at("present_share").empty() ? "<span class=\"app-absent\">–</span>"
                                                        : shown_share(row.at("present_share")))));
    const auto combinations =
        csv_rows(site.get(analyst, "/supervision.csv?table=combinations&" + query).body);
    ASSERT_FALSE(combinations.empty());
    for (const auto& row : combinations)
        EXPECT_THAT(page, HasSubstr(fmt::format("<th scope=\"row\">{}</th><td class=\"app-number\">{}</td>",
                                                row.at("items"), row.at("people"))));
}

TEST(SupervisionPage, PartsSumToEverybody) {
    TestSite site;
    const auto table = [&](const std::string& id) {
        return csv_rows(site.get(analyst, "/supervision.csv?place=organisation&table=" + id).body);
    };
    const auto stages = table("supervision");
    for (const std::string column :
         {"in_mat", "daily", "supervised", "injections", "with_current_asci", "agreed"}) {
        const auto sum_of = [&](const auto& rows, std::size_t from, std::size_t to) {
            std::int64_t sum = 0;
            for (std::size_t i = from; i < to; ++i)
                sum += std::stoll(rows[i].at(column));
            return sum;
        };
        const std::int64_t all = std::stoll(stages[0].at(column));
        EXPECT_EQ(sum_of(stages, 1, stages.size()), all) << column;
        const auto services = table("services"), pharmacies = table("pharmacies");
        EXPECT_EQ(sum_of(services, 0, services.size() - 1), all) << column;
        EXPECT_EQ(services.back().at(column), stages[0].at(column)) << "the organisation stands last";
        EXPECT_EQ(sum_of(pharmacies, 0, pharmacies.size()), all) << column;
    }
    const auto figures = site.figures();
    const TrackerCell cell =
        figures->tracker().at(figures->dates().size() - 1, *figures->find_place("organisation"));
    EXPECT_EQ(std::stoll(stages[0].at("in_mat")), cell.in_mat()) << "as many as the tracker has";
    EXPECT_GT(std::stoll(stages[0].at("agreed")), 0);
}

TEST(SupervisionPage, PharmaciesAreForThoseWhoMaySeePeople) {
    TestSite site;
    EXPECT_THAT(site.get(Role::service_manager, "/supervision?place=organisation").body,
                HasSubstr("By pharmacy"));
    for (const Role role : {Role::peer_representative, Role::administrator}) {
        const Response page = site.get(role, "/supervision?place=organisation");
        EXPECT_EQ(page.status, 200);
        EXPECT_THAT(page.body, Not(HasSubstr("harmac")));
        EXPECT_THAT(page.body, Not(HasSubstr("/lists/4")));
        EXPECT_EQ(site.get(role, "/supervision.csv?table=pharmacies").status, 400);
        EXPECT_THAT(site.get(role, "/api/v1/supervision").body, Not(HasSubstr("pharmacies")));
    }
    EXPECT_EQ(site.get(Role::commissioner, "/supervision").status, 403);
    EXPECT_EQ(site.get(Role::commissioner, "/api/v1/supervision").status, 403);
}

}  // namespace optimat
