#include "web/pages_for_tests.hpp"
#include "web/views_measure_services.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <set>

namespace optimat {

namespace {

using testing::HasSubstr;
using testing::Not;

/// The tables as the command line makes them: without marks, over all months of the data.
struct Tables {
    std::shared_ptr<const Figures> figures;
    const MeasureDefinitions& definitions;
    MeasureSource source() const {
        return {figures->extract(),  figures->policy(),         definitions,
                figures->measures(), figures->places().front(), figures->threads()};
    }
    std::size_t date() const { return figures->dates().size() - 1; }
    MeasureFigure figure(const MeasureDefinition& measure, const Place& place) const {
        return figure_of(measure, figures->measures().of_year(*measure.function, date(), place));
    }
};
Tables tables_of(TestSite& site) { return {site.figures(), site.site().measures()}; }

std::string csv_of(const DataTable& table, const Figures& figures) {
    std::string text;
    write_table_csv(table, figures.provenance(), [&](std::string_view piece) { text += piece; });
    return text;
}

std::string own_service(TestSite& site) {
    return "service:" + site.user_of(Role::service_manager).services.front();
}

std::string in_place(TestSite& site, const std::string& path) {
    return path + (path.find('?') == path.npos ? "?" : "&") + "place=" + url_encode(own_service(site));
}

std::vector<const MeasureDefinition*> not_alone(const MeasureDefinitions& definitions) {
    std::vector<const MeasureDefinition*> measures;
    for (const MeasureDefinition& measure : definitions.measures)
        if (!measure.beside.empty()) measures.push_back(&measure);
    return measures;
}

constexpr const char* table_ids[] = {"measure", "months", "parts",      "beside", "cohorts",
                                     "by_sex",  "by_age", "by_setting", "exits"};

/// A store with more services, one of which merged into another and closed.
const std::filesystem::path& merged_store() {
    static const TemporaryFolder folder;
    static const std::filesystem::path store = [] {
        SynthOptions options;
        options.clients = 500;
        options.services = 20;
        options.months = 26;
        options.out = folder.path() / "extract";
        const auto file = folder.path() / "store.sqlite";
        import_synthetic(options, file.string());
        return file;
    }();
    return store;
}

Parameters target_form(const std::string& value, const std::string& request) {
    return {{"kind", "target"},
            {"from", "2018-01"},
            {"value", value},
            {"reason", "Agreed by the team"},
            {"request", request}};
}

std::string location_of(const Response& response) {
    return std::string(find_parameter(response.headers, "Location").value_or(""));
}

const std::string marks_of_red = "/measures/red_share/marks";

}  // namespace

TEST(Measures, HaveTheFiguresOfTheCommandLineCellByCell) {
    TestSite site;
    const Tables tables = tables_of(site);
    const Place& place = *tables.figures->find_place(own_service(site));
    for (const char* name :
         {"red_share", "induction_completed", "successful_completion", "deaths_in_mat", "waiting_days"}) {
        const MeasureDefinition& measure = *tables.definitions.find(name);
        const MeasureSource source = tables.source();
        std::vector<DataTable> wanted = {
            measure_months_table(source, measure_series(measure, source.grid, place, 0, tables.date(), {}),
                                 place),
            measure_parts_table(source, measure, place, tables.date()),
            measure_cohorts_table(source, measure, place, 0, tables.date()),
            measure_breakdown_table(source, measure, place, tables.date(), MeasureBreakdown::age)};
        std::ranges::move(measure_detail_tables(source, measure, place, tables.date()),
                          std::back_inserter(wanted));
        for (const DataTable& table : wanted) {
            const Response file =
                site.get(Role::service_manager,
                         in_place(site, fmt::format("/measures/{}/figures.csv?table={}", name, table.id)));
            EXPECT_EQ(file.status, 200) << name << " " << table.id;
            EXPECT_EQ(file.body, csv_of(table, *tables.figures)) << name << " " << table.id;
        }
    }
}

TEST(Measures, OfAPageAreThoseOfItsGroupsInTheFileAndTheApi) {
    TestSite site;
    const auto rows = csv_rows(site.get(Role::service_manager, in_place(site, "/measures.csv")).body);
    const Tables tables = tables_of(site);
    const Place& place = *tables.figures->find_place(own_service(site));
    std::set<std::string> seen;
    for (const auto& row : rows) {
        const MeasureDefinition& measure = *tables.definitions.find(row.at("measure"));
        const MeasureFigure figure = tables.figure(measure, place);
        EXPECT_EQ(row.at("value"), file_text(value_cell(figure))) << measure.name;
        seen.insert(measure.name);
    }
    EXPECT_EQ(seen.size(), tables.definitions.measures.size());
    const std::string page = site.get(Role::service_manager, in_place(site, "/measures")).body;
    for (const MeasureDefinition& measure : tables.definitions.measures)
        EXPECT_THAT(page, HasSubstr("/measures/" + measure.name + "?"));
    EXPECT_EQ(site.get(Role::service_manager, in_place(site, "/api/v1/measures")).status, 200);
}

TEST(Measures, ThatMustNotStandAloneAreInOneSectionWithThoseBesideThem) {
    TestSite site;
    const auto rows = csv_rows(site.get(Role::service_manager, in_place(site, "/measures.csv")).body);
    std::map<std::string, std::set<std::string>> sections_of;
    for (const auto& row : rows)
        EXPECT_TRUE(sections_of[row.at("measure")].insert(row.at("section")).second)
            << "twice in one section";
    for (const MeasureDefinition* measure : not_alone(site.site().measures()))
        for (const std::string& section : sections_of[measure->name])
            for (const std::string& beside : measure->beside)
                EXPECT_TRUE(sections_of[beside].contains(section)) << measure->name << " without " << beside;
}

TEST(Measures, SuccessfulCompletionsAreDirectlyFollowedByThoseBesideThem) {
    TestSite site;
    const auto rows = csv_rows(site.get(Role::service_manager, in_place(site, "/measures.csv")).body);
    const MeasureDefinition& completions = *site.site().measures().find("successful_completion");
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (rows[i].at("measure") != completions.name) continue;
        for (std::size_t k = 0; k < completions.beside.size(); ++k)
            EXPECT_EQ(rows.at(i + 1 + k).at("measure"), completions.beside[k]);
    }
}

TEST(Measures, ThatMustNotStandAloneNeverDoInAnyForm) {
    TestSite site;
    for (const MeasureDefinition* measure : not_alone(site.site().measures())) {
        const std::string base = "/measures/" + measure->name;
        for (const std::string& path : {base, base + "/marks", base + "/services"}) {
            const Response page = site.get(Role::organisation_analyst, path);
            ASSERT_EQ(page.status, 200) << path;
            for (const std::string& beside : measure->beside)
                EXPECT_THAT(page.body, HasSubstr(site.site().measures().find(beside)->title)) << path;
        }
        std::vector<std::string> files = {"/services.csv"};
        for (const char* table : table_ids)
            files.push_back(fmt::format("/figures.csv?table={}", table));
        for (const std::string& end : files) {
            const Response file = site.get(Role::organisation_analyst, base + end);
            if (file.status == 400) continue;  // this measure has no such table
            ASSERT_EQ(file.status, 200) << base << end;
            for (const std::string& beside : measure->beside)
                EXPECT_THAT(file.body, HasSubstr(beside)) << base << end;
        }
        const Response api = site.get(Role::organisation_analyst, "/api/v1" + base);
        for (const std::string& beside : measure->beside)
            EXPECT_THAT(api.body, HasSubstr(beside)) << base;
    }
}

TEST(Measures, SayInTheRowThatAChangeLasts) {
    TestSite site(merged_store());
    const std::string path = "/measures?place=organisation";
    const auto changes =
        csv_rows(site.get(Role::organisation_analyst, "/measures.csv?table=changes&place=organisation").body);
    const std::string page = site.get(Role::organisation_analyst, path).body;
    EXPECT_THAT(page, HasSubstr("Small steps that add up over months"));
    std::size_t rows = 0;
    for (const auto& change : changes) {
        const auto since = parse_iso_day(change.at("since"));
        const std::string words = "lasting change since " + month_name(*since);
        EXPECT_THAT(page, HasSubstr("; " + words)) << change.at("measure");
        EXPECT_THAT(
            site.get(Role::organisation_analyst, "/measures/" + change.at("measure") + "?place=organisation")
                .body,
            HasSubstr("; " + words));
        ++rows;
    }
    EXPECT_GT(rows, 0u) << "nothing of the invented provider has changed";
}

TEST(Measures, SayWhatSpecialCauseIsBeforeTheFirstTable) {
    TestSite site;
    const std::string page = site.get(Role::organisation_analyst, "/measures").body;
    EXPECT_LT(page.find("common cause: the usual ups and downs"), page.find("<table"));
}

TEST(Measures, HaveAColumnOfTargetsWhenThereAreTargets) {
    TestSite site;
    const std::string heading = ">Target</th>";
    EXPECT_THAT(site.get(Role::organisation_analyst, "/measures").body, Not(HasSubstr(heading)));
    ASSERT_EQ(site.post(Role::organisation_analyst, marks_of_red, target_form("20", "t")).status, 303);
    EXPECT_THAT(site.get(Role::organisation_analyst, "/measures").body, HasSubstr(heading));
}

TEST(Measures, ShowThoseBesideThemOnceAndInEveryFile) {
    TestSite site;
    const std::string measure = "/measures/successful_completion";
    EXPECT_THAT(site.get(Role::organisation_analyst, measure).body, Not(HasSubstr("Beside it:")));
    EXPECT_THAT(site.get(Role::organisation_analyst, measure + "/figures.csv?table=parts").body,
                HasSubstr("deaths_in_mat"));
}

TEST(Measures, AreTakenAwayByMonth) {
    TestSite site;
    const std::string file = "/measures/red_share/figures.csv";
    EXPECT_EQ(site.get(Role::organisation_analyst, file).body,
              site.get(Role::organisation_analyst, file + "?table=months").body);
}

TEST(MeasurePeople, HaveNoColumnForTheOneServiceThatIsChosen) {
    TestSite site;
    const std::string service = "<th scope=\"col\" class=\"\">Service</th>";
    for (const std::string path : {"/measures/red_share/people", "/people?group=red"}) {
        EXPECT_THAT(site.get(Role::service_manager, in_place(site, path)).body, Not(HasSubstr(service)));
        EXPECT_THAT(site.get(Role::organisation_analyst,
                             path + (path.find('?') == path.npos ? "?" : "&") + "place=organisation")
                        .body,
                    HasSubstr(service));
    }
}

TEST(MeasurePeople, AreAsManyAsTheNumberSays) {
    TestSite site;
    const Tables tables = tables_of(site);
    const Place& place = *tables.figures->find_place(own_service(site));
    std::int64_t things = 0;
    for (const MeasureDefinition& measure : tables.definitions.measures) {
        const MeasureFigure figure = tables.figure(measure, place);
        std::map<std::string, std::int64_t> parts = {
            {"numerator", measure.value == MeasureValue::mean ? figure.denominator : figure.numerator}};
        if (measure.value == MeasureValue::share) parts["denominator"] = figure.denominator;
        if (measure.value != MeasureValue::rate && figure.outside() > 0) parts["outside"] = figure.outside();
        for (const auto& [part, number] : parts) {
            const Response list =
                site.get(Role::service_manager,
                         in_place(site, fmt::format("/measures/{}/people.csv?part={}", measure.name, part)));
            ASSERT_EQ(list.status, 200) << measure.name << " " << part;
            EXPECT_EQ(std::count(list.body.begin(), list.body.end(), '\n') - 1, number)
                << measure.name << " " << part;
            things += number;
        }
    }
    EXPECT_GT(things, 100);
}

TEST(MeasurePeople, AreLinkedFromTheNumberForThoseWhoMayOpenThem) {
    TestSite site;
    const std::string link = "/measures/red_share/people?";
    EXPECT_THAT(site.get(Role::service_manager, in_place(site, "/measures/red_share")).body, HasSubstr(link));
    EXPECT_THAT(site.get(Role::service_manager, "/measures/red_share?place=organisation").body,
                Not(HasSubstr(link)));
    EXPECT_THAT(site.get(Role::peer_representative, in_place(site, "/measures/red_share")).body,
                Not(HasSubstr(link)));
}

TEST(MeasurePeople, AreRefusedToThoseWhoMayNotListThePlace) {
    TestSite site;
    const std::string path = "/measures/red_share/people";
    for (const Role role :
         {Role::recovery_worker, Role::peer_representative, Role::commissioner, Role::administrator})
        EXPECT_EQ(site.get(role, in_place(site, path)).status, 403) << text_of(role);
    EXPECT_EQ(site.get(Role::service_manager, path + "?place=organisation").status, 403);
    EXPECT_EQ(site.audit().front().outcome, AuditOutcome::refused);
    EXPECT_EQ(site.get(Role::service_manager, in_place(site, path)).status, 200);
    const AuditEntry entry = site.audit().front();
    EXPECT_EQ(entry.action, "view_list");
    EXPECT_EQ(entry.place, own_service(site));
    EXPECT_EQ(entry.subject, "red_share");
}

TEST(MeasurePeople, HaveNoIdentifierInAnAddress) {
    TestSite site;
    const Response page =
        site.get(Role::service_manager, in_place(site, "/measures/red_share/people?part=all"));
    const auto figures = site.figures();
    for (const Chunk& chunk : figures->extract().chunks)
        for (std::size_t client = 0; client < chunk.client_count(); ++client)
            ASSERT_THAT(page.body, Not(HasSubstr("/people/" + std::string(chunk.client_ids[client]))));
}

TEST(Measures, AreNotForCommissioners) {
    TestSite site;
    for (const char* path : {"/measures", "/measures/red_share", "/measures/red_share/services",
                             "/measures/red_share/marks", "/api/v1/measures", "/measures.csv"})
        EXPECT_EQ(site.get(Role::commissioner, path).status, 403) << path;
}

TEST(Measures, ThatAreNotThereAreNotFound) {
    TestSite site;
    EXPECT_EQ(site.get(Role::service_manager, "/measures/nothing").status, 404);
    EXPECT_EQ(site.get(Role::service_manager, "/measures/red_share?chart=line").status, 400);
    EXPECT_EQ(site.get(Role::service_manager, "/measures/red_share?view=later").status, 400);
    EXPECT_EQ(site.get(Role::service_manager, "/measures/red_share?place=nowhere").status, 400);
    EXPECT_EQ(site.get(Role::service_manager, "/measures/red_share/services?limits=none").status, 400);
}

TEST(Measures, AreChartedInEveryWayThatSuitsThem) {
    TestSite site;
    for (const MeasureDefinition& measure : site.site().measures().measures)
        for (const ChartKind kind : chart_kinds(measure)) {
            const Response page = site.get(Role::organisation_analyst,
                                           fmt::format("/measures/{}?chart={}", measure.name, text_of(kind)));
            EXPECT_EQ(page.status, 200) << measure.name << " " << text_of(kind);
            EXPECT_THAT(page.body, HasSubstr("<svg")) << measure.name;
        }
}

TEST(MeasureServices, SayHowMuchServicesDifferWhenTheLimitsAllowForIt) {
    TestSite site;
    const std::string path = "/measures/red_share/services";
    EXPECT_THAT(site.get(Role::organisation_analyst, path).body, Not(HasSubstr("tau²")));
    EXPECT_THAT(site.get(Role::organisation_analyst, path + "?limits=widened").body, HasSubstr("tau²"));
    const std::string rates = site.get(Role::organisation_analyst, "/measures/deaths_in_mat/services").body;
    EXPECT_THAT(rates, HasSubstr("small numbers"));
    EXPECT_THAT(rates, Not(HasSubstr("id=\"funnel-heading\"")));
}

TEST(MeasureViews, HaveTheSameSumsAsWasAndAsNow) {
    TestSite site(merged_store());
    const Tables tables = tables_of(site);
    const Extract& extract = tables.figures->extract();
    const auto was = places_of(extract), now = places_as_now(extract);
    ASSERT_LT(now.size(), was.size()) << "no service of the store has merged";
    const MeasureGrid& grid = tables.figures->measures();
    for (const MeasureFunction* function : grid.functions())
        for (std::size_t date = 0; date < grid.dates().size(); ++date) {
            MeasureCell of_was, of_now;
            for (const Place& place : was)
                if (place.kind == PlaceKind::service) of_was += grid.at(*function, date, place);
            for (const Place& place : now)
                if (place.kind == PlaceKind::service) of_now += grid.at(*function, date, place);
            ASSERT_EQ(of_was, of_now) << function->name;
        }
    const auto together = [&](const std::string& view) {
        const auto rows = csv_rows(site.get(Role::organisation_analyst,
                                            "/measures/red_share/services.csv?month=2017-06&view=" + view)
                                       .body);
        return std::pair(rows.back().at("numerator"), rows.back().at("denominator"));
    };
    EXPECT_EQ(together("as_was"), together("as_now"));
}

TEST(MeasureViews, PutAMergedServiceUnderTheOneItIsPartOfNow) {
    TestSite site(merged_store());
    const Extract& extract = site.figures()->extract();
    std::size_t merged = 0;
    while (service_as_now(extract, merged) == merged)
        ++merged;
    const Service &old = extract.services[merged],
                  &successor = extract.services[service_as_now(extract, merged)];
    const std::string path = "/measures/red_share/services.csv?month=2018-10&view=";
    const std::string was = site.get(Role::organisation_analyst, path + "as_was").body,
                      now = site.get(Role::organisation_analyst, path + "as_now").body;
    const auto remark_of = [](const std::string& body, const std::string& id) {
        for (const auto& row : csv_rows(body))
            if (row.at("service_id") == id) return row.at("remark");
        return std::string("not there");
    };
    EXPECT_THAT(remark_of(was, old.service_id), HasSubstr("merged into " + successor.name));
    EXPECT_THAT(remark_of(was, old.service_id), HasSubstr("closed "));
    EXPECT_EQ(remark_of(now, old.service_id), "not there");
    EXPECT_THAT(remark_of(now, successor.service_id), HasSubstr(old.name));
    EXPECT_THAT(site.get(Role::organisation_analyst,
                         "/measures/red_share?view=as_now&place=service%3A" + old.service_id)
                    .body,
                HasSubstr(successor.name));
}

TEST(MeasureMarks, ATargetChangesWhatTheChartSays) {
    TestSite site;
    const std::string page = in_place(site, "/measures/red_share"), form = in_place(site, marks_of_red);
    EXPECT_THAT(site.get(Role::service_manager, page).body, HasSubstr("no target"));
    const Response saved = site.post(Role::service_manager, form, target_form("99.9", "one"));
    ASSERT_EQ(saved.status, 303) << saved.body;
    EXPECT_THAT(site.get(Role::service_manager, location_of(saved)).body,
                HasSubstr("Saved: Target 99.9 % from Jan 2018 on."));
    EXPECT_THAT(site.get(Role::service_manager, page).body, HasSubstr("will hit the target"));
    const auto months = csv_rows(
        site.get(Role::service_manager, in_place(site, "/measures/red_share/figures.csv?table=months")).body);
    EXPECT_EQ(months.back().at("target"), "0.999000");
    EXPECT_EQ(months.front().at("target"), "");
    EXPECT_EQ(site.audit().front().action, "export_measure");
    // Of this place's chart alone.
    EXPECT_THAT(site.get(Role::organisation_analyst, "/measures/red_share").body,
                Not(HasSubstr("will hit the target")));
    EXPECT_THAT(site.get(Role::service_manager, in_place(site, "/measures/amber_share")).body,
                Not(HasSubstr("will hit the target")));
}

TEST(MeasureMarks, ARebaseBeginsLimitsAnewUntilItIsWithdrawn) {
    TestSite site;
    const auto means = [&] {
        std::set<std::string> all;
        for (const auto& row : csv_rows(
                 site.get(Role::organisation_analyst, "/measures/red_share/figures.csv?table=months").body))
            all.insert(row.at("centre"));
        return all.size();
    };
    ASSERT_EQ(means(), 1U);
    const Response saved =
        site.post(Role::organisation_analyst, marks_of_red,
                  {{"kind", "rebase"}, {"from", "2018-04"}, {"reason", "A new clinic"}, {"request", "two"}});
    ASSERT_EQ(saved.status, 303) << saved.body;
    EXPECT_EQ(means(), 2U);
    const std::string number = location_of(saved).substr(location_of(saved).rfind('=') + 1);
    EXPECT_EQ(site.post(Role::organisation_analyst, marks_of_red + "/withdraw",
                        {{"number", number}, {"reason", ""}, {"request", "three"}})
                  .status,
              422);
    EXPECT_EQ(means(), 2U);
    const Parameters withdrawal = {{"number", number}, {"reason", "It did not open"}, {"request", "four"}};
    EXPECT_EQ(site.post(Role::organisation_analyst, marks_of_red + "/withdraw", withdrawal).status, 303);
    EXPECT_EQ(means(), 1U);
    EXPECT_EQ(site.audit()[1].action, "withdraw_chart_mark");
    const std::string history = site.get(Role::organisation_analyst, marks_of_red).body;
    EXPECT_THAT(history, HasSubstr("It did not open"));
    EXPECT_THAT(history, HasSubstr("A new clinic"));
    const Parameters again = {{"number", number}, {"reason", "Again"}, {"request", "five"}};
    EXPECT_EQ(site.post(Role::organisation_analyst, marks_of_red + "/withdraw", again).status, 409);
}

TEST(MeasureMarks, AMonthLeftOutAndANoteAreOnTheChart) {
    TestSite site;
    const Parameters excluded = {{"kind", "excluded"},
                                 {"from", "2018-06"},
                                 {"reason", "Half the files were missing"},
                                 {"request", "a"}};
    ASSERT_EQ(site.post(Role::organisation_analyst, marks_of_red, excluded).status, 303);
    for (const auto& row :
         csv_rows(site.get(Role::organisation_analyst, "/measures/red_share/figures.csv?table=months").body))
        EXPECT_EQ(row.at("state"), row.at("month") == "2018-06-30" ? "excluded" : "");
    const Parameters note = {{"kind", "annotation"},         {"from", "2018-05-04"},
                             {"text", "Clinic opened"},      {"of_all", "yes"},
                             {"reason", "To be remembered"}, {"request", "b"}};
    ASSERT_EQ(site.post(Role::organisation_analyst, marks_of_red, note).status, 303);
    EXPECT_THAT(site.get(Role::organisation_analyst, "/measures/amber_share").body,
                HasSubstr("Clinic opened"));
}

TEST(MeasureMarks, AreSetByThoseWhoAnswerForThePlace) {
    TestSite site;
    const std::string own = in_place(site, marks_of_red);
    for (const Role role : {Role::clinician, Role::recovery_worker, Role::peer_representative,
                            Role::commissioner, Role::administrator})
        EXPECT_EQ(site.post(role, own, target_form("20", "x")).status, 403) << text_of(role);
    EXPECT_EQ(
        site.post(Role::service_manager, marks_of_red + "?place=organisation", target_form("20", "x")).status,
        403);
    EXPECT_EQ(site.audit().front().outcome, AuditOutcome::refused);
    EXPECT_THAT(site.get(Role::clinician, own + "&set=target").body, Not(HasSubstr("name=\"reason\"")));
    EXPECT_THAT(site.get(Role::service_manager, own + "&set=target").body, HasSubstr("name=\"reason\""));
    EXPECT_EQ(site.post(Role::data_manager, marks_of_red, target_form("20", "y")).status, 303);
}

TEST(MeasureMarks, KeepWhatWasTypedAndSayWhatToPutRight) {
    TestSite site;
    const auto answer = [&](Parameters form) {
        return site.post(Role::organisation_analyst, marks_of_red, std::move(form));
    };
    for (const char* value : {"", "-3", "101", "many"}) {
        const Response refused = answer(target_form(value, "r"));
        EXPECT_EQ(refused.status, 422) << value;
        EXPECT_THAT(refused.body, HasSubstr("Agreed by the team"));
        EXPECT_THAT(refused.body, HasSubstr("percentage from 0 to 100"));
    }
    Parameters form = target_form("20", "r");
    form[3].value = " ";
    EXPECT_EQ(answer(form).status, 422);
    form = target_form("20", "r");
    form[1].value = "1990-01";
    EXPECT_EQ(answer(form).status, 422);
    EXPECT_EQ(
        answer(
            {{"kind", "baseline"}, {"from", "2018-03"}, {"to", "2018-02"}, {"reason", "x"}, {"request", "r"}})
            .status,
        422);
    EXPECT_EQ(answer({{"kind", "withdrawal"}, {"reason", "x"}, {"request", "r"}}).status, 400);
}

TEST(MeasureMarks, OfTheSameFormSentTwiceAreOne) {
    TestSite site;
    const Response first = site.post(Role::organisation_analyst, marks_of_red, target_form("20", "same"));
    const Response second = site.post(Role::organisation_analyst, marks_of_red, target_form("20", "same"));
    EXPECT_EQ(location_of(first), location_of(second));
    EXPECT_EQ(site.post(Role::organisation_analyst, marks_of_red, target_form("30", "same")).status, 409);
}

TEST(MeasureMarks, OfMonthsThatOverlapAreNotesAlone) {
    TestSite site;
    EXPECT_EQ(
        site.post(Role::organisation_analyst, "/measures/deaths_in_mat/marks", target_form("1", "z")).status,
        400);
    EXPECT_EQ(site.get(Role::organisation_analyst, "/measures/deaths_in_mat/marks?set=target").status, 200);
}

TEST(Home, TellsManagersAndAnalystsWhatChangedForGood) {
    TestSite site;
    for (const Role role : {Role::service_manager, Role::organisation_analyst})
        EXPECT_THAT(site.get(role, "/").body, HasSubstr("Lasting changes")) << text_of(role);
    for (const Role role : {Role::clinician, Role::recovery_worker, Role::data_manager})
        EXPECT_THAT(site.get(role, "/").body, Not(HasSubstr("Lasting changes"))) << text_of(role);
}

}  // namespace optimat
