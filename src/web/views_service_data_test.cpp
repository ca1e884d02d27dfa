#include "web/views_service_data.hpp"

#include "web/pages_for_tests.hpp"

#include <gmock/gmock.h>

namespace optimat {

namespace {

using testing::HasSubstr;
using testing::Not;

constexpr Role analyst = Role::organisation_analyst;

std::vector<std::map<std::string, std::string>> table_of(TestSite& site, const std::string& query) {
    const Response response = site.get(analyst, "/service-data.csv?" + query);
    EXPECT_EQ(response.status, 200) << query;
    return csv_rows(response.body);
}

/// People by row id.
std::map<std::string, std::int64_t> people_by_row(TestSite& site, const std::string& query) {
    std::map<std::string, std::int64_t> people;
    for (const auto& row : table_of(site, query))
        people[row.at("row")] = std::stoll(row.at("people"));
    return people;
}

std::int64_t sum_of(const std::vector<std::map<std::string, std::string>>& rows, const std::string& column) {
    std::int64_t sum = 0;
    for (const auto& row : rows)
        sum += std::stoll(row.at(column));
    return sum;
}

}  // namespace

TEST(ServiceDataPage, EveryRowIsAsLongAsItsList) {
    TestSite site;
    for (const std::string place : {"organisation", "service%3AS0002"}) {
        const auto numbers = linked_numbers(site.get(analyst, "/service-data?place=" + place).body);
        EXPECT_GT(numbers.size(), 20u);
        for (const LinkedNumber& number : numbers)
            EXPECT_EQ(people_listed(site, analyst, number), number.number) << number.target;
    }
}

TEST(ServiceDataPage, EveryPartOfEveryBreakdownIsAsLongAsItsList) {
    TestSite site;
    for (std::size_t i = 0; i < breakdown_count; ++i) {
        const std::string by(text_of(static_cast<Breakdown>(i)));
        std::size_t parts = 0;
        for (const LinkedNumber& number :
             linked_numbers(site.get(analyst, "/service-data?row=mat3_below&by=" + by).body)) {
            if (number.target.find("by=") == std::string::npos) continue;
            ++parts;
            EXPECT_EQ(people_listed(site, analyst, number), number.number) << by;
        }
        EXPECT_GT(parts, 0u) << by;
    }
}

TEST(ServiceDataPage, PartsSumToTheirRow) {
    TestSite site;
    const auto people = people_by_row(site, "");
    for (const ServiceDataRow& row : service_data_rows())
        for (std::size_t i = 0; i < breakdown_count; ++i) {
            const std::string query = "table=breakdown&row=" + std::string(row.id) +
                                      "&by=" + std::string(text_of(static_cast<Breakdown>(i)));
            EXPECT_EQ(sum_of(table_of(site, query), "people"), people.at(std::string(row.id))) << query;
        }
}

TEST(ServiceDataPage, StagesAndBandsSumToTheTotal) {
    TestSite site;
    auto people = people_by_row(site, "place=service%3AS0003");
    EXPECT_GT(people["total"], 0);
    EXPECT_EQ(people["mat1"] + people["mat2"] + people["mat3"] + people["mat4"] + people["uncategorised"],
              people["total"]);
    for (const std::string stage : {"mat2", "mat3"})
        EXPECT_EQ(people[stage + "_below"] + people[stage + "_at_or_above"] + people[stage + "_unbanded"],
                  people[stage]);
}

TEST(ServiceDataPage, ServicesSumToTheOrganisation) {
    TestSite site;
    std::map<std::string, std::int64_t> sum;
    for (const Place& place : site.figures()->places())
        if (place.kind == PlaceKind::service)
            for (const auto& [row, people] : people_by_row(site, "place=" + url_encode(place_key(place))))
                sum[row] += people;
    EXPECT_EQ(sum, people_by_row(site, ""));
}

TEST(ServiceDataPage, DosesCountEverybodyOnTheMedicine) {
    TestSite site;
    const auto medicines = table_of(site, "table=breakdown&row=mat2&by=medicine");
    const auto doses = table_of(site, "table=doses&row=mat2&family=methadone");
    for (const auto& part : medicines)
        if (part.at("part") == words_for(Family::methadone)) {
            EXPECT_EQ(sum_of(doses, "people"), std::stoll(part.at("people")));
        }
    EXPECT_GT(doses.size(), 3u);
    EXPECT_THAT(doses.front().at("side"), "below");
}

TEST(ServiceDataPage, RowsHaveNamesThatStandAlone) {
    std::map<std::string, int> names;
    for (const ServiceDataRow& row : service_data_rows())
        EXPECT_EQ(++names[full_words(row)], 1) << full_words(row);
}

TEST(ServiceDataPage, ACommissionerIsRefused) {
    TestSite site;
    for (const char* path : {"/service-data", "/service-data.csv", "/service-data.xlsx"})
        EXPECT_EQ(site.get(Role::commissioner, path).status, 403) << path;
}

TEST(ServiceDataPage, WhoMayNotListPeopleSeesNumbersWithoutLinks) {
    TestSite site;
    const Response page = site.get(Role::peer_representative, "/service-data");
    EXPECT_EQ(page.status, 200);
    EXPECT_THAT(linked_numbers(page.body), testing::IsEmpty());
    EXPECT_THAT(page.body, HasSubstr("Total in MAT"));
}

TEST(ServiceDataPage, WhatIsNotThereIsRefusedInWords) {
    TestSite site;
    for (const char* query :
         {"row=mat9", "by=shoe_size", "family=paracetamol", "place=service%3AX", "table=secrets"})
        EXPECT_EQ(site.get(analyst, std::string("/service-data.csv?") + query).status, 400) << query;
}

}  // namespace optimat
