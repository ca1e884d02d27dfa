#include "web/pages/api.hpp"
#include "web/site_for_tests.hpp"

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

namespace optimat {

namespace {

using Json = nlohmann::json;

Request with_token(TestSite& site, const std::string& target, const std::string& token) {
    Request request = site.request(std::nullopt, Method::get, target);
    request.headers = {{"authorization", "Bearer " + token}};
    return request;
}

std::string token_of(TestSite& site, Role role) {
    const auto lease = site.site().stores().lease();
    return add_token(lease.database(), site.user_of(role).number, "test", site.now, site.now + 100);
}

}  // namespace

TEST(Api, IsDescribedRouteByRouteAndTakesWhatItSays) {
    TestSite site;
    const Json document = Json::parse(site.get(std::nullopt, "/api/v1/openapi.json").body);
    std::size_t described = 0;
    for (const Route& route : routes()) {
        if (!route.is_api() || route.path() == "/api/v1/openapi.json") continue;
        ++described;
        ASSERT_TRUE(document["paths"].contains(std::string(route.path()))) << route.path();
        if (route.path().find('{') != std::string_view::npos) continue;
        std::string query;
        for (const ApiParameter& parameter : api_parameters(route))
            if (parameter.name != "row" && parameter.name != "by")
                query += (query.empty() ? "?" : "&") + std::string(parameter.name) + "=" +
                         url_encode(parameter.example);
        const Response response = site.get(Role::organisation_analyst, std::string(route.path()) + query);
        EXPECT_EQ(response.status, 200) << route.path();
        const Json answer = Json::parse(response.body);
        EXPECT_TRUE(answer.contains("tables") && answer.contains("provenance")) << route.path();
    }
    EXPECT_EQ(document["paths"].size(), described);
}

TEST(Api, ATokenHasItsUsersPermissionsAndEnds) {
    TestSite site;
    const std::string token = token_of(site, Role::commissioner);
    EXPECT_EQ(site.site().answer(with_token(site, "/api/v1/tracker", token)).status, 200);
    EXPECT_EQ(site.site().answer(with_token(site, "/api/v1/flows", token)).status, 403);
    EXPECT_EQ(site.site().answer(with_token(site, "/api/v1/people", token)).status, 403);
    EXPECT_EQ(site.site().answer(with_token(site, "/api/v1/tracker", "wrong")).status, 401);
    EXPECT_NE(site.site().answer(with_token(site, "/tracker", token)).status, 200)
        << "a token is for the API alone";
    site.now += 101;
    EXPECT_EQ(site.site().answer(with_token(site, "/api/v1/tracker", token)).status, 401);
}

TEST(Api, SaysTheSameAsTheCsvCellByCell) {
    TestSite site;
    for (const Place& place : site.figures()->places()) {
        const std::string query = "?months=36&place=" + url_encode(place_key(place));
        const Json json = Json::parse(site.get(Role::organisation_analyst, "/api/v1/tracker" + query).body);
        const std::string csv = site.get(Role::organisation_analyst, "/tracker.csv" + query).body;
        std::size_t at = csv.find('\n') + 1;
        for (const Json& row : json["tables"]["tracker"]["rows"]) {
            const std::string line = csv.substr(at, csv.find('\n', at) - at);
            at += line.size() + 1;
            EXPECT_TRUE(line.starts_with(row["as_at"].get<std::string>() + "," +
                                         std::to_string(row["in_mat"].get<int>()) + "," +
                                         std::to_string(row["red_people"].get<int>()) + ","))
                << line;
        }
        EXPECT_EQ(at, csv.size());
    }
}

TEST(Api, ErrorsAreJson) {
    TestSite site;
    const Response response = site.get(Role::organisation_analyst, "/api/v1/tracker?place=nowhere");
    EXPECT_EQ(response.status, 400);
    EXPECT_EQ(Json::parse(response.body)["error"]["status"], 400);
}

}  // namespace optimat
