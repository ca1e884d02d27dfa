// Releases on the site: made, shown beside later data and another policy, person by person, withdrawn, and
// left alone by everything that comes later.

#include "store/database.hpp"
#include "store/releases.hpp"
#include "store/snapshots.hpp"
#include "web/pages_for_tests.hpp"
#include "web/site_for_tests.hpp"

#include <fmt/format.h>
#include <fstream>
#include <gmock/gmock.h>
#include <iterator>
#include <regex>

namespace optimat {
namespace {

using testing::HasSubstr;
using testing::Not;

std::vector<std::string> lines_of(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::vector<std::string> lines;
    for (std::string line; std::getline(in, line);)
        lines.push_back(line);
    return lines;
}

void write_lines(const std::filesystem::path& file, const std::vector<std::string>& lines) {
    std::ofstream out(file, std::ios::binary);
    for (const std::string& line : lines)
        out << line << '\n';
}

void import_folder(const std::filesystem::path& folder, const std::string& location, const std::string& at) {
    const Definitions definitions;
    ReadOptions reading;
    reading.policy = definitions.policy();
    reading.inventory_items = definitions.inventory_items();
    const ReadExtract read = read_usable_extract(folder, reading);
    Store store(location, StoreAccess::create);
    import_snapshot(
        store,
        {read.extract, read.report, reading.policy, folder, read.files, "0.1.0", at, ThreadCount{2}, {}});
}

/// An organisation whose earlier extract lacks some TOPs, and has some doses wrong.
struct TwoExtracts {
    TemporaryFolder folder;
    std::filesystem::path earlier = folder.path() / "earlier", later = folder.path() / "later";

    TwoExtracts() {
        SynthOptions options;
        options.clients = 400;
        options.services = 4;
        options.months = 14;
        options.out = later;
        write_synthetic_extract(options);
        std::filesystem::copy(later, earlier);
        auto tops = lines_of(earlier / "tops.csv");
        for (std::size_t i = 1; i < tops.size(); i += 2)
            tops[i].clear();
        std::erase(tops, "");
        write_lines(earlier / "tops.csv", tops);
        auto prescriptions = lines_of(earlier / "prescriptions.csv");
        for (std::size_t i = 1; i < prescriptions.size(); i += 9)
            prescriptions[i] =
                std::regex_replace(prescriptions[i], std::regex(",methadone,[0-9.]+,"), ",methadone,7,");
        write_lines(earlier / "prescriptions.csv", prescriptions);
    }
};

const TwoExtracts& two_extracts() {
    static const TwoExtracts extracts;
    return extracts;
}

class SiteReleases : public testing::Test {
  protected:
    SiteReleases() {
        import_folder(two_extracts().earlier, location(), "2018-11-02T10:00:00Z");
        site = std::make_unique<TestSite>(TestSite::At{location()});
    }
    std::string location() const { return (folder.path() / "store.sqlite").string(); }
    std::string month() const { return month_key(newest_month_end(site->figures()->extract())); }

    Response make(Role role = Role::organisation_analyst, const std::string& request = "r1") {
        return site->post(role, "/releases",
                          {{"month", month()}, {"reason", "Meeting of services"}, {"request", request}});
    }
    std::string get(const std::string& target, Role role = Role::organisation_analyst) {
        const Response response = site->get(role, target);
        EXPECT_EQ(response.status, 200) << target;
        return response.body;
    }
    void import_later() { import_folder(two_extracts().later, location(), "2018-11-20T10:00:00Z"); }

    TemporaryFolder folder;
    std::unique_ptr<TestSite> site;
};

/// The columns of then, of every row of a CSV.
std::string then_of(const std::string& csv) {
    std::string then;
    std::size_t columns = 0;
    for (std::size_t begin = 0; begin < csv.size();) {
        const std::size_t end = std::min(csv.find('\n', begin), csv.size());
        bool quoted = false;
        columns = 0;
        for (std::size_t i = begin; i < end && columns < 6; ++i) {
            if (csv[i] == '"') quoted = !quoted;
            if (csv[i] == ',' && !quoted) ++columns;
            then += csv[i];
        }
        then += '\n';
        begin = end + 1;
    }
    return then;
}

int number_before(const std::string& text, const std::string& words) {
    std::smatch found;
    const bool there = std::regex_search(text, found, std::regex("([0-9,]+) " + words));
    return there ? std::stoi(std::regex_replace(found[1].str(), std::regex(","), "")) : 0;
}

std::size_t rows_of(const std::string& csv) {
    return static_cast<std::size_t>(std::ranges::count(csv, '\n')) - 1;
}

TEST_F(SiteReleases, AreMadeByThoseWhoMayAndSeenByAllButCommissioners) {
    EXPECT_THAT(get("/releases"), HasSubstr("There is none yet"));
    EXPECT_EQ(make(Role::service_manager).status, 403);
    const Response made = make();
    ASSERT_EQ(made.status, 303);
    EXPECT_EQ(find_parameter(made.headers, "Location"), "/releases/1");
    EXPECT_EQ(find_parameter(make().headers, "Location"), "/releases/1") << "the same form sent twice";
    const Response refused = make(Role::data_manager, "r2");
    EXPECT_EQ(refused.status, 422);
    EXPECT_THAT(refused.body, HasSubstr("Release 1 of this month stands"));
    EXPECT_THAT(get("/releases", Role::service_manager), HasSubstr("Meeting of services"));
    EXPECT_EQ(site->get(Role::commissioner, "/releases").status, 403);
    EXPECT_EQ(site->get(Role::commissioner, "/releases/1").status, 403);
    EXPECT_EQ(site->get(Role::organisation_analyst, "/releases/9").status, 404);
    EXPECT_EQ(site->get(Role::organisation_analyst, "/releases/x").status, 404);
    const std::string page = get("/releases/1?place=organisation");
    EXPECT_THAT(page, HasSubstr("stands elsewhere."));
    EXPECT_THAT(page, HasSubstr("Since this release nobody of"));
    const auto audit = site->audit();
    EXPECT_EQ(std::ranges::count(audit, "make_release", &AuditEntry::action), 4);
    EXPECT_EQ(audit.front().outcome, AuditOutcome::failed);
}

TEST_F(SiteReleases, DoNotChangeWhateverComesLater) {
    make();
    const std::string figures = "/releases/1/figures.csv?place=organisation",
                      why = figures + "&table=release_why", about = figures + "&table=release_about";
    const std::string then = then_of(get(figures)), counts = get(why), made_from = get(about);
    import_later();
    site->figures();
    const std::string later = get(figures);
    EXPECT_EQ(then_of(later), then);
    EXPECT_EQ(get(about), made_from);
    EXPECT_NE(get(why), counts) << "the later data change nothing at all";
    const std::string page = get("/releases/1?place=organisation");
    EXPECT_GT(number_before(page, "late data"), 0);
    EXPECT_GT(number_before(page, "corrections?"), 0);
    EXPECT_EQ(number_before(page, "definition"), 0);
    EXPECT_EQ(number_before(page, "late data") + number_before(page, "corrections?"),
              number_before(page, "people of"));
    // Another policy, on the same store, which nobody else has open when it is copied.
    site.reset();
    std::filesystem::create_directory(folder.path() / "definitions");
    std::string policy = Definitions().text("policy.toml");
    policy = std::regex_replace(policy, std::regex("threshold_mg = 60"), "threshold_mg = 90");
    std::ofstream(folder.path() / "definitions/policy.toml", std::ios::binary) << policy;
    TestSite other(folder.path() / "store.sqlite", Definitions(folder.path() / "definitions"));
    EXPECT_EQ(then_of(other.get(Role::organisation_analyst, figures).body), then);
    const std::string restated = other.get(Role::organisation_analyst, "/releases/1?place=organisation").body;
    EXPECT_GT(number_before(restated, "definition"), 0);
}

TEST_F(SiteReleases, ShowWhatDiffersFirstAndTheRestWhenItIsOpened) {
    make();
    const auto measures = std::to_string(site->site().measures().measures.size());
    const std::string same = get("/releases/1?place=organisation");
    EXPECT_THAT(same, HasSubstr("No figure differs."));
    EXPECT_THAT(same, HasSubstr("The " + measures + " that are as they were"));
    EXPECT_THAT(same, Not(HasSubstr("person by person")));
    EXPECT_THAT(same, HasSubstr("href=\"/measures/red_share?place=organisation&amp;month=" + month() + "\""));
    import_later();
    site->figures();
    const std::string later = get("/releases/1?place=organisation");
    const int differ = number_before(later, "of " + measures + " figures differ");
    ASSERT_GT(differ, 0);
    EXPECT_EQ(std::stoi(measures) - differ, number_before(later, "that are as they were"));
    EXPECT_THAT(later, HasSubstr("person by person"));
    EXPECT_LT(later.find("caption-release_figures"), later.find("caption-release_same"));
}

TEST_F(SiteReleases, AMonthIsMadeAgainOnlyWhenItsReleaseWasWithdrawnAndLeavesOnce) {
    make();
    const std::string figures = "/releases/1/figures.csv?place=organisation";
    const std::string then = then_of(get(figures)), left = get("/published.csv", Role::commissioner);
    import_later();
    site->figures();
    EXPECT_EQ(make(Role::organisation_analyst, "r2").status, 422);
    site->post(Role::data_manager, "/releases/1/withdraw", {{"reason", "Wrong extract"}});
    EXPECT_EQ(find_parameter(make(Role::organisation_analyst, "r3").headers, "Location"), "/releases/2");
    EXPECT_EQ(then_of(get(figures)), then);
    EXPECT_NE(then_of(get("/releases/2/figures.csv?place=organisation")), then);
    EXPECT_THAT(get("/releases/2?place=organisation"), HasSubstr("nobody of"));
    EXPECT_EQ(get("/published.csv", Role::commissioner), left) << "what left first, and nothing beside it";
    EXPECT_EQ(site->get(Role::commissioner, "/published?release=2").status, 400);
}

TEST_F(SiteReleases, ShowCommissionersTheSameWhateverIsImportedLater) {
    make();
    std::map<std::string, std::string> before;
    for (const char* const file : {"/tracker.csv", "/compare.csv", "/published.csv", "/api/v1/tracker"})
        before[file] = get(file, Role::commissioner);
    import_later();
    site->figures();
    for (const auto& [file, text] : before)
        EXPECT_EQ(get(file, Role::commissioner), text) << file;
}

TEST_F(SiteReleases, ShowPersonByPersonWhoStandsElsewhereToThoseWhoMaySee) {
    make();
    import_later();
    site->figures();
    const std::string people = "/releases/1/people.csv?place=organisation";
    const std::string all = get(people);
    EXPECT_EQ(static_cast<int>(rows_of(all)),
              number_before(get("/releases/1?place=organisation"), "people of"));
    EXPECT_THAT(all, HasSubstr("Late data"));
    EXPECT_THAT(all, HasSubstr("tops: "));
    EXPECT_EQ(site->audit().front().action, "export_release_people");
    EXPECT_EQ(site->audit().front().subject, "release:1");
    EXPECT_EQ(site->audit().front().detail, fmt::format("{} people", rows_of(all)));
    EXPECT_EQ(site->get(Role::peer_representative, people).status, 403);
    EXPECT_EQ(site->get(Role::commissioner, people).status, 403);
    EXPECT_EQ(site->get(Role::service_manager, people).status, 403) << "not all are theirs";
    const User manager = site->user_of(Role::service_manager);
    const std::string own = "/releases/1/people.csv?place=service%3A" + manager.services.front();
    EXPECT_LT(rows_of(get(own, Role::service_manager)), rows_of(all));
    const std::string page = get("/releases/1/people?place=organisation");
    EXPECT_THAT(page, HasSubstr("href=\"/people/"));
    EXPECT_LE(rows_of(get(people, Role::recovery_worker)), rows_of(all));
    EXPECT_EQ(site->get(Role::organisation_analyst, "/releases/1/people.xlsx?place=organisation").status,
              200);
}

TEST_F(SiteReleases, KeepTheirFiguresWhenTheirDataAreErased) {
    make();
    const std::string figures = "/releases/1/figures.csv?place=organisation";
    const std::string then = then_of(get(figures));
    import_later();
    {
        Store store(location(), StoreAccess::existing);
        erase_snapshot(store, list_snapshots(store).front().id);
    }
    EXPECT_EQ(then_of(get(figures)), then);
    const std::string page = get("/releases/1?place=organisation");
    EXPECT_THAT(page, HasSubstr("cannot be told apart"));
    EXPECT_THAT(page, Not(HasSubstr("person by person")));
    EXPECT_EQ(site->get(Role::organisation_analyst, "/releases/1/people?place=organisation").status, 404);
}

TEST_F(SiteReleases, AreWithdrawnWithAReasonAndStayReadable) {
    make();
    EXPECT_EQ(site->post(Role::organisation_analyst, "/releases/1/withdraw", {{"reason", ""}}).status, 422);
    EXPECT_EQ(site->post(Role::clinician, "/releases/1/withdraw", {{"reason", "x"}}).status, 403);
    EXPECT_EQ(site->post(Role::data_manager, "/releases/1/withdraw", {{"reason", "Wrong extract"}}).status,
              303);
    EXPECT_EQ(site->post(Role::data_manager, "/releases/1/withdraw", {{"reason", "again"}}).status, 422);
    EXPECT_THAT(get("/releases/1"), HasSubstr("Wrong extract"));
    EXPECT_THAT(get("/releases"), HasSubstr("withdrawn"));
    EXPECT_EQ(std::ranges::count(site->audit(), "withdraw_release", &AuditEntry::action), 4);
}

TEST_F(SiteReleases, AreTheSameOnThePageInFilesAndInTheApi) {
    make();
    const std::string api = get("/api/v1/releases/1?place=organisation");
    EXPECT_THAT(api, HasSubstr("\"release_figures\""));
    EXPECT_THAT(api, HasSubstr("\"sentence\""));
    EXPECT_THAT(get("/api/v1/releases"), HasSubstr("\"due\""));
    EXPECT_THAT(get("/api/v1/releases/1/people?place=organisation"), HasSubstr("\"people\""));
    EXPECT_EQ(site->get(Role::organisation_analyst, "/releases/1/figures.xlsx").status, 200);
    EXPECT_EQ(site->get(Role::organisation_analyst, "/releases.xlsx").status, 200);
    EXPECT_THAT(get("/releases.csv"), HasSubstr("people_in_mat"));
}

}  // namespace
}  // namespace optimat
