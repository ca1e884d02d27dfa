// Rows and cells that break a rule: each is an issue with file, line and column, costs what its rule says and
// no more, and the counts balance.

#include "faulty_extract.hpp"

namespace optimat {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;

std::vector<std::string> rules_of(const CheckReport& report) {
    std::vector<std::string> ids;
    for (const Issue& issue : report.issues)
        ids.emplace_back(issue_rule(issue.rule).id);
    return ids;
}

/// Reads one prescription row; what its rules and counts are.
struct RowOutcome {
    std::vector<std::string> rules;
    RowCounts counts;
    std::optional<Micrograms> dose;
};

RowOutcome read_prescription(const std::string& row,
                             const std::string& header = FaultyExtract::prescriptions_header) {
    const FaultyExtract extract;
    extract.write("prescriptions.csv", header + row + "\n");
    const ReadExtract result = extract.read();
    RowOutcome outcome{rules_of(result.report), rows_of(result.report, "prescriptions.csv"), {}};
    for (const Chunk& chunk : result.extract.chunks)
        for (const OptionalDose dose :
             chunk.table(TableKind::prescriptions).column<OptionalDose>(PrescriptionField::daily_dose_mg))
            if (dose) outcome.dose = *dose;
    return outcome;
}

RowOutcome with_dose(const std::string& dose) {
    return read_prescription("P1,C1,S1,methadone," + dose + ",2018-01-10,2018-03-01");
}
RowOutcome with_dates(const std::string& start, const std::string& end) {
    return read_prescription("P1,C1,S1,methadone,60," + start + "," + end);
}

constexpr RowCounts kept{1, 1, 0, 0}, refused{1, 0, 0, 1};

TEST(WrongRow, impossible_dates_refuse_their_row) {
    for (const char* date : {"2018-02-30", "2018-02-29", "31-12-9999", "1899-12-31", "0000-00-00",
                             "2018-13-01", "tomorrow", "2018-1-1", "43101"}) {
        const RowOutcome outcome = with_dates(date, "");
        EXPECT_THAT(outcome.rules, ElementsAre("cell/date")) << date;
        EXPECT_EQ(outcome.counts, refused) << date;
        EXPECT_EQ(with_dates("2018-01-10", date).counts, refused) << date;
    }
}

TEST(WrongRow, dates_in_another_form_are_told_apart) {
    for (const char* date : {"10/01/2018", "20180110"}) {
        EXPECT_THAT(with_dates(date, "").rules, ElementsAre("cell/date-form")) << date;
        EXPECT_EQ(with_dates(date, "").counts, refused);
    }
}

TEST(WrongRow, the_last_readable_day_is_a_day) {
    EXPECT_THAT(with_dates("2018-01-10", "9999-12-31").rules, IsEmpty());
    EXPECT_THAT(with_dates("1900-01-01", "2018-01-10").rules, IsEmpty());
}

TEST(WrongRow, an_end_before_its_start_refuses_the_row) {
    EXPECT_THAT(with_dates("2018-01-10", "2018-01-09").rules, ElementsAre("row/end-before-start"));
    EXPECT_EQ(with_dates("2018-01-10", "2018-01-09").counts, refused);
    EXPECT_EQ(with_dates("2018-01-10", "2018-01-10").counts, kept);
}

TEST(WrongRow, prescriptions_outside_the_period_are_kept_and_told) {
    EXPECT_THAT(with_dates("2017-01-10", "2017-12-31").rules, ElementsAre("prescription/before-period"));
    EXPECT_THAT(with_dates("2017-01-10", "2018-01-01").rules, IsEmpty());
    EXPECT_THAT(with_dates("2019-01-01", "").rules, ElementsAre("prescription/after-period"));
    EXPECT_THAT(with_dates("2018-12-31", "").rules, IsEmpty());
}

TEST(WrongRow, doses_that_are_none_become_not_recorded) {
    for (const auto& [dose, rule] :
         std::vector<std::pair<std::string, std::string>>{{"-1", "cell/dose-not-above-zero"},
                                                          {"0", "cell/dose-not-above-zero"},
                                                          {"0.0004", "cell/dose-not-above-zero"},
                                                          {"1e-400", "cell/dose-not-above-zero"},
                                                          {"-0", "cell/dose-not-above-zero"},
                                                          {"1e308", "cell/dose"},
                                                          {"-1e308", "cell/dose"},
                                                          {"1000000.001", "cell/dose"},
                                                          {"60mg", "cell/dose"},
                                                          {"60 mg", "cell/dose"},
                                                          {"1e+-5", "cell/dose"},
                                                          {"inf", "cell/dose"},
                                                          {"nan", "cell/dose"},
                                                          {"0x3c", "cell/dose"},
                                                          {"\"60,5\"", "cell/dose"}}) {
        const RowOutcome outcome = with_dose(dose);
        EXPECT_THAT(outcome.rules, ElementsAre(rule)) << dose;
        EXPECT_EQ(outcome.counts, kept) << dose;
        EXPECT_EQ(outcome.dose, std::nullopt) << dose;
    }
}

TEST(WrongRow, doses_are_read_exactly) {
    EXPECT_EQ(with_dose("60").dose, milligrams(60));
    EXPECT_EQ(with_dose("12.").dose, milligrams(12));
    EXPECT_EQ(with_dose("9.9995").dose, Micrograms{10'000});
    EXPECT_EQ(with_dose("6e1").dose, milligrams(60));
    EXPECT_EQ(with_dose("").dose, std::nullopt);
    EXPECT_THAT(with_dose("").rules, IsEmpty());
    EXPECT_THAT(with_dose("NA").rules, IsEmpty());
    EXPECT_THAT(with_dose("1000000").rules, ElementsAre("prescription/dose-implausible"));
    EXPECT_THAT(with_dose(".5").rules, ElementsAre("prescription/dose-implausible"));
    EXPECT_EQ(with_dose(".5").dose, Micrograms{500}) << "an implausible dose is kept";
}

TEST(WrongRow, millilitres_are_milligrams_only_with_a_strength) {
    const std::string header = "prescription_id,client_id,service_id,medicine,start_date,end_date,daily_dose_"
                               "mg,daily_dose_ml,strength_mg_per_ml\n";
    const auto read = [&](const std::string& cells) {
        return read_prescription("P1,C1,S1,methadone,2018-01-10,2018-03-01," + cells, header);
    };
    EXPECT_EQ(read(",45,1").dose, milligrams(45));
    EXPECT_EQ(read(",6.5,10").dose, milligrams(65));
    EXPECT_EQ(read(",0.0333,1000").dose, Micrograms{33'300});
    EXPECT_EQ(read(",0.0005,1.001").rules, (std::vector<std::string>{"prescription/dose-implausible"}))
        << "0.5005 µg rounds half up";
    EXPECT_THAT(read(",45,").rules, ElementsAre("cell/ml-without-strength"));
    EXPECT_EQ(read(",45,").dose, std::nullopt);
    EXPECT_THAT(read(",45,NA").rules, ElementsAre("cell/ml-without-strength"));
    EXPECT_THAT(read(",,10").rules, IsEmpty()) << "a strength alone says nothing of a dose";
    EXPECT_EQ(read("60,60,1").dose, milligrams(60));
    EXPECT_THAT(read("60,60,1").rules, IsEmpty());
    EXPECT_THAT(read("60,6,1").rules, ElementsAre("prescription/dose-disagrees"));
    EXPECT_EQ(read("60,6,1").dose, milligrams(60)) << "milligrams win";
    EXPECT_EQ(read("-5,6,10").dose, milligrams(60));
    EXPECT_THAT(read(",-45,1").rules, ElementsAre("cell/dose-not-above-zero"));
    EXPECT_THAT(read(",45,0").rules, ElementsAre("cell/dose-not-above-zero"));
    EXPECT_THAT(read(",x,1").rules, ElementsAre("cell/dose"));
    EXPECT_THAT(read(",45,x").rules, ElementsAre("cell/dose"));
    EXPECT_THAT(read(",1e6,1e6").rules, ElementsAre("cell/dose"));
    EXPECT_THAT(read(",1e308,1").rules, ElementsAre("cell/dose"));
    EXPECT_THAT(read(",0.0000001,1").rules, ElementsAre("cell/dose-not-above-zero"));
    const std::string without = "prescription_id,client_id,service_id,medicine,start_date,daily_dose_ml\n";
    EXPECT_THAT(read_prescription("P1,C1,S1,methadone,2018-01-10,45", without).rules,
                ElementsAre("cell/ml-without-strength"));
}

TEST(WrongRow, required_cells_refuse_their_row_and_flag_their_client) {
    const FaultyExtract extract;
    extract.prescriptions(
        "P1,C1,S1,,60,2018-01-10,\n,C1,S1,methadone,60,2018-01-10,\nP3,,S1,methadone,60,2018-01-10,\n"
        "P4,C1,NA,methadone,60,2018-01-10,\nP5,C1,S1,methadone,60,,\nP6,C2,S1,methadone,60,2018-01-10,2018-"
        "02-01\n");
    const ReadExtract result = extract.read();
    EXPECT_THAT(places(result.report, Rule::row_required_empty),
                ElementsAre(Place{"prescriptions.csv", 2, "medicine"},
                            Place{"prescriptions.csv", 3, "prescription_id"},
                            Place{"prescriptions.csv", 4, "client_id"},
                            Place{"prescriptions.csv", 5, "service_id"},
                            Place{"prescriptions.csv", 6, "start_date"}));
    EXPECT_EQ(rows_of(result.report, "prescriptions.csv"), (RowCounts{6, 1, 0, 5}));
    for (const Chunk& chunk : result.extract.chunks)
        for (std::size_t c = 0; c < chunk.client_count(); ++c)
            EXPECT_EQ(chunk.refused_records[c], chunk.client_ids[c] == "C1" ? 4 : 0);
}

TEST(WrongRow, ids_are_at_most_64_bytes) {
    const std::string longest(64, 'i');
    EXPECT_EQ(read_prescription(longest + ",C1,S1,methadone,60,2018-01-10,2018-03-01").counts, kept);
    EXPECT_THAT(read_prescription(longest + "i,C1,S1,methadone,60,2018-01-10,2018-03-01").rules,
                ElementsAre("cell/id-too-long"));
    EXPECT_EQ(read_prescription("P1," + longest + "i,S1,methadone,60,2018-01-10,2018-03-01").counts, refused);
    EXPECT_EQ(read_prescription("P1,C1," + longest + "i,methadone,60,2018-01-10,2018-03-01").counts, refused);
}

TEST(WrongRow, rows_with_too_few_or_too_many_cells_are_refused) {
    EXPECT_THAT(read_prescription("P1,C1,S1").rules, ElementsAre("row/cell-count"));
    EXPECT_THAT(read_prescription("P1,C1,S1,methadone,60,2018-01-10,2018-03-01,x").rules,
                ElementsAre("row/cell-count"));
    EXPECT_THAT(read_prescription("P1,C1,S1,methadone,60,2018-01-10,2018-03-01,,,").rules, IsEmpty())
        << "empty cells at the end are no harm";
    EXPECT_THAT(read_prescription("P1,\"C1\"x,S1,methadone,60,2018-01-10,2018-03-01").rules,
                ElementsAre("row/quote"));
    EXPECT_THAT(read_prescription("P\"1,C1,S1,methadone,60,2018-01-10,2018-03-01").rules,
                ElementsAre("cell/quote"));
    EXPECT_THAT(read_prescription("P1,C1,S1,methadone,60,2018-01-10,2018-03-01\n\n\n").rules,
                ElementsAre("row/blank", "row/blank", "row/blank"));
    EXPECT_EQ(read_prescription("P1,C1,S1,methadone,60,2018-01-10,2018-03-01\n\n\n").counts, kept);
}

TEST(WrongRow, nul_and_other_control_characters_cost_their_cell) {
    using namespace std::string_literals;
    EXPECT_THAT(read_prescription("P1,C1,S1,methadone,6\0,2018-01-10,2018-03-01"s).rules,
                ElementsAre("cell/control"));
    EXPECT_EQ(read_prescription("P1,C1,S1,methadone,6\0,2018-01-10,2018-03-01"s).counts, kept);
    EXPECT_EQ(read_prescription("P1,C\0001,S1,methadone,60,2018-01-10,2018-03-01"s).counts, refused)
        << "a required cell";
}

TEST(WrongRow, windows_1252_is_read_and_told) {
    const FaultyExtract extract;
    extract.write("services.csv", "service_id,name\nS1,Caf\xe9\n");
    const ReadExtract result = extract.read();
    EXPECT_THAT(places(result.report, Rule::cell_encoding), ElementsAre(Place{"services.csv", 2, "name"}));
    EXPECT_EQ(result.extract.services.at(0).name, "Caf\xc3\xa9");
}

TEST(WrongRow, padding_is_taken_off_and_told) {
    const FaultyExtract extract;
    extract.write("clients.csv", "client_id,sex\nC1 , female\n C2,\"  \"\n");
    const ReadExtract result = extract.read();
    EXPECT_THAT(places(result.report, Rule::cell_padded),
                ElementsAre(Place{"clients.csv", 2, "client_id"}, Place{"clients.csv", 2, "sex"},
                            Place{"clients.csv", 3, "client_id"}));
    EXPECT_EQ(result.extract.client_count(), 2u) << "C1 and `C1 ` are one client";
}

TEST(WrongRow, codes_flags_numbers_and_ranges) {
    const FaultyExtract extract;
    extract.write("clients.csv", "client_id,sex,safe_storage,year_of_birth\nC1,Female,yes,1899\nC2,female,"
                                 "TRUE,1980.5\nC3,,,1900\nC4,NA,false,2101\n");
    extract.write(
        "tops.csv",
        "top_id,client_id,date,opiate_days,quality_of_life,injecting_days,sharing\n"
        "T1,C1,2018-02-01,28,20,0,true\nT2,C1,2018-03-01,29,21,-1,false\nT3,C1,2018-04-01,0,0,,true\n");
    extract.write("events.csv", "client_id,date,kind\nC1,2018-02-01,Death\nC1,2018-02-01,keywork\n");
    const CheckReport report = extract.read().report;
    EXPECT_THAT(places(report, Rule::cell_code), ElementsAre(Place{"clients.csv", 2, "sex"}));
    EXPECT_THAT(places(report, Rule::cell_flag), ElementsAre(Place{"clients.csv", 2, "safe_storage"},
                                                             Place{"clients.csv", 3, "safe_storage"}));
    EXPECT_THAT(places(report, Rule::cell_number), ElementsAre(Place{"clients.csv", 3, "year_of_birth"}));
    EXPECT_THAT(places(report, Rule::cell_range),
                ElementsAre(Place{"clients.csv", 2, "year_of_birth"},
                            Place{"clients.csv", 5, "year_of_birth"}, Place{"tops.csv", 3, "opiate_days"},
                            Place{"tops.csv", 3, "quality_of_life"}, Place{"tops.csv", 3, "injecting_days"}));
    EXPECT_THAT(places(report, Rule::top_sharing_without_injecting),
                ElementsAre(Place{"tops.csv", 2, "sharing"}));
    EXPECT_THAT(places(report, Rule::event_kind_not_listed), ElementsAre(Place{"events.csv", 2, "kind"}));
    EXPECT_EQ(rows_of(report, "tops.csv"), (RowCounts{3, 3, 0, 0}));
}

TEST(WrongRow, repeated_ids_are_one_row_when_identical_and_all_kept_when_not) {
    const FaultyExtract extract;
    const std::string row = "P1,C1,S1,methadone,60,2018-01-10,2018-01-20\n";
    extract.prescriptions(
        row + row +
        "P2,C2,S1,methadone,60,2018-01-10,2018-01-20\nP2,C2,S1,methadone,5,2018-01-10,2018-01-20\n" + row +
        "P3,C1,S1,methadone,60,2018-03-10,2018-03-20\nP3,C2,S1,methadone,60,2018-03-10,2018-03-20\n");
    const CheckReport report = extract.read().report;
    EXPECT_EQ(rows_of(report, "prescriptions.csv"), (RowCounts{7, 5, 2, 0}));
    EXPECT_THAT(places(report, Rule::id_repeated_identical),
                ElementsAre(Place{"prescriptions.csv", 3, "prescription_id"},
                            Place{"prescriptions.csv", 6, "prescription_id"}));
    EXPECT_THAT(places(report, Rule::id_repeated_different),
                ElementsAre(Place{"prescriptions.csv", 5, "prescription_id"},
                            Place{"prescriptions.csv", 8, "prescription_id"}));
}

TEST(WrongRow, repeated_rows_of_tables_without_ids_count_once) {
    const FaultyExtract extract;
    extract.write("events.csv", "client_id,date,kind,detail\nC1,2018-02-01,keywork,a\nC1,2018-02-01,keywork,"
                                "b\nC1,2018-02-01,keywork,a\n");
    const CheckReport report = extract.read().report;
    EXPECT_EQ(rows_of(report, "events.csv"), (RowCounts{3, 2, 1, 0}));
    EXPECT_THAT(places(report, Rule::id_repeated_identical),
                ElementsAre(Place{"events.csv", 4, "client_id"}));
}

TEST(WrongRow, clients_and_services_that_differ_keep_what_they_agree_on) {
    const std::vector<std::string> rows = {"S1,One,North,A\n", "S1,One,South,\n", "S1,One,North,A\n"};
    std::vector<std::size_t> order = {0, 1, 2};
    do {
        const FaultyExtract extract;
        std::string services = "service_id,name,region,area\n";
        for (const std::size_t i : order)
            services += rows[i];
        extract.write("services.csv", services);
        extract.write("clients.csv",
                      "client_id,sex,year_of_birth\nC1,male,1980\nC1,female,\nC1,male,1980\nC2,,\n");
        const ReadExtract result = extract.read();
        ASSERT_EQ(result.extract.services.size(), 1u);
        EXPECT_EQ(result.extract.services[0].region, "") << "North and South differ";
        EXPECT_EQ(result.extract.services[0].area, "A");
        EXPECT_EQ(rows_of(result.report, "services.csv"), (RowCounts{3, 2, 1, 0}));
        EXPECT_EQ(places(result.report, Rule::service_conflicting).size(), 1u);
        EXPECT_EQ(places(result.report, Rule::client_conflicting).size(), 1u);
        const Table& clients = result.extract.chunks[0].table(TableKind::clients);
        EXPECT_EQ(clients.column<Sex>(ClientField::sex)[0], Sex::not_recorded);
        EXPECT_EQ(*clients.column<OptionalCount>(ClientField::year_of_birth)[0], 1980);
    } while (std::ranges::next_permutation(order).found);
}

TEST(WrongRow, thousands_of_rows_of_one_service_are_no_trouble) {
    const FaultyExtract extract;
    std::string services = "service_id,name,region\n";
    for (int i = 0; i < 60'000; ++i)
        services += "S1,One,R" + std::to_string(i) + "\n";
    extract.write("services.csv", services);
    EXPECT_EQ(places(extract.read().report, Rule::service_conflicting).size(), 59'999u);
}

TEST(WrongRow, clients_and_services_that_are_not_listed_are_kept) {
    const FaultyExtract extract;
    extract.prescriptions(
        "P1,C9,S9,methadone,60,2018-01-10,2018-01-20\nP2,C1,S1,methadone,60,2018-01-10,2018-01-20\n");
    const ReadExtract result = extract.read();
    EXPECT_THAT(places(result.report, Rule::client_not_listed),
                ElementsAre(Place{"prescriptions.csv", 2, "client_id"}));
    EXPECT_THAT(places(result.report, Rule::service_not_listed),
                ElementsAre(Place{"prescriptions.csv", 2, "service_id"}));
    EXPECT_EQ(result.extract.client_count(), 3u);
    const ServiceIndex unlisted = result.extract.find_service("S9");
    ASSERT_TRUE(unlisted.has_value());
    EXPECT_FALSE(result.extract.services[*unlisted].listed);
    EXPECT_EQ(result.extract.services[*unlisted].name, "S9");
}

TEST(WrongRow, too_many_services_are_refused) {
    const FaultyExtract extract;
    std::string rows;
    for (int i = 0; i < 70'000; ++i)
        rows +=
            "P" + std::to_string(i) + ",C1,X" + std::to_string(i) + ",methadone,60,2018-01-10,2018-01-10\n";
    extract.prescriptions(rows);
    EXPECT_THAT(extract.refusal(), testing::HasSubstr("different services"));
}

TEST(WrongRow, overlaps_of_more_than_a_day_are_told) {
    const auto overlaps = [](const std::string& rows) {
        const FaultyExtract extract;
        extract.prescriptions(rows);
        return places(extract.read().report, Rule::prescription_overlap);
    };
    const std::string first = "P1,C1,S1,methadone,60,2018-01-01,2018-01-10\n";
    EXPECT_THAT(overlaps(first + "P2,C1,S1,methadone,60,2018-01-11,2018-01-20\n"), IsEmpty());
    EXPECT_THAT(overlaps(first + "P2,C1,S1,methadone,60,2018-01-10,2018-01-20\n"), IsEmpty()) << "one day";
    EXPECT_THAT(overlaps(first + "P2,C1,S1,methadone,60,2018-01-09,2018-01-20\n"),
                ElementsAre(Place{"prescriptions.csv", 3, "start_date"}));
    EXPECT_THAT(overlaps(first + "P2,C1,S1,methadone,60,2018-01-01,2018-01-20\n"), IsEmpty())
        << "one start: two strengths";
    EXPECT_THAT(overlaps(first + "P2,C2,S1,methadone,60,2018-01-05,2018-01-20\n"), IsEmpty())
        << "another client";
    EXPECT_THAT(overlaps(first + "P2,C1,S1,diazepam,6,2018-01-05,2018-01-20\n"), IsEmpty()) << "not MAT";
    EXPECT_THAT(overlaps("P1,C1,S1,methadone,60,2018-01-01,\nP2,C1,S1,methadone,60,2018-02-01,2018-02-10\n"),
                IsEmpty())
        << "open, and replaced";
    EXPECT_THAT(
        overlaps("P1,C1,S2,methadone,60,2018-01-01,\nP2,C1,S1,methadone,60,2018-02-01,2018-02-10\n").size(),
        1u)
        << "open at another service";
}

TEST(WrongRow, deaths_and_what_follows_them) {
    const FaultyExtract extract;
    extract.write("episodes.csv", "episode_id,client_id,service_id,start_date,end_date,end_reason\nE1,C1,S1,"
                                  "2018-01-01,2018-02-01,died\nE2,C2,S1,2018-01-01,2018-05-01,dropped_out\n");
    extract.write("tops.csv", "top_id,client_id,date\nT1,C1,2018-02-01\nT2,C1,2018-02-02\n");
    const CheckReport report = extract.read().report;
    EXPECT_THAT(places(report, Rule::client_death_one_source),
                ElementsAre(Place{"episodes.csv", 2, "end_reason"}));
    EXPECT_THAT(places(report, Rule::client_record_after_death), ElementsAre(Place{"tops.csv", 3, "date"}));
    EXPECT_THAT(places(report, Rule::prescription_open_after_discharge),
                ElementsAre(Place{"prescriptions.csv", 3, "end_date"}));
    extract.write("events.csv", "client_id,date,kind\nC1,2018-02-01,death\n");
    EXPECT_THAT(places(extract.read().report, Rule::client_death_one_source), IsEmpty());
}

TEST(WrongRow, texts_are_at_most_a_thousand_bytes) {
    const FaultyExtract extract;
    extract.write("events.csv", "client_id,date,kind,detail\nC1,2018-02-01,keywork," +
                                    std::string(1000, 'x') + "\nC1,2018-02-02,keywork," +
                                    std::string(1001, 'x') + "\n");
    EXPECT_THAT(places(extract.read().report, Rule::cell_text_too_long),
                ElementsAre(Place{"events.csv", 3, "detail"}));
}

TEST(WrongRow, the_order_of_rows_changes_no_person) {
    std::vector<std::string> rows;
    for (int i = 0; i < 200; ++i)
        rows.push_back("P" + std::to_string(i % 90) + ",C" + std::to_string(i % 7) + ",S" +
                       std::to_string(i % 3) + ",methadone," + std::to_string(10 + i % 11) + ",2018-0" +
                       std::to_string(1 + i % 9) + "-10," +
                       (i % 4 == 0 ? "" : "2018-12-0" + std::to_string(1 + i % 9)) + "\n");
    std::vector<std::string> texts;
    for (int turn = 0; turn < 2; ++turn) {
        const FaultyExtract extract;
        std::string all;
        for (const std::string& row : rows)
            all += row;
        extract.prescriptions(all);
        const ReadExtract result = extract.read();
        std::string ids;
        for (const Chunk& chunk : result.extract.chunks)
            ids += chunk.client_ids.bytes() + "|" + chunk.table(TableKind::prescriptions).record_ids.bytes();
        texts.push_back(ids);
        std::ranges::reverse(rows);
    }
    EXPECT_EQ(texts[0], texts[1]);
    EXPECT_THAT(texts[0], Not(IsEmpty()));
}

}  // namespace
}  // namespace optimat
