// What the commands print is right, whatever their form, from a folder as from a snapshot.

#include "tests/cli/program.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

namespace optimat::testing_program {
namespace {

using testing::HasSubstr;

std::vector<std::string> joined(std::vector<std::string> words, const std::vector<std::string>& more) {
    words.insert(words.end(), more.begin(), more.end());
    return words;
}

class Data : public testing::TestWithParam<const char*> {
  public:
    std::string folder() const { return data_folder(GetParam()); }
    std::string expected() const { return read_file(folder() + "/expected_states.csv"); }
};

TEST_P(Data, states_are_the_expected_ones_byte_by_byte) {
    for (const char* threads : {"1", "3"}) {
        const Outcome run =
            run_program(joined({"states", folder(), "--threads", threads}, as_at_words(GetParam())));
        EXPECT_EQ(run.exit_code, 0);
        EXPECT_TRUE(run.out == expected());
        EXPECT_THAT(run.err,
                    testing::StartsWith("Optimat "));  // the provenance, which the columns have no room for
        EXPECT_EQ(lines_of(run.err).size(), 1u);
    }
}

TEST_P(Data, states_of_a_snapshot_are_those_of_the_folder) {
    const Folder work;
    const RunOptions there{work.path(), {}, Out::captured, 0};
    const Outcome imported = run_program({"import", folder()}, there);
    ASSERT_EQ(imported.exit_code, 0) << imported.err;
    EXPECT_TRUE(run_program(joined({"states", "latest", "--quiet"}, as_at_words(GetParam())), there).out ==
                expected());
    const std::string id = imported.out.substr(9, 8);
    EXPECT_TRUE(run_program(joined({"states", id}, as_at_words(GetParam())), there).out == expected());
}

TEST_P(Data, states_as_json_hold_the_same_rows) {
    const Outcome run =
        run_program(joined({"states", folder(), "--format", "json"}, as_at_words(GetParam())));
    const auto json = nlohmann::json::parse(run.out);
    EXPECT_EQ(json["states"].size(), lines_of(expected()).size() - 1);
    EXPECT_EQ(json["provenance"]["policy"], "toolkit");
    EXPECT_EQ(run.err, "");
}

TEST_P(Data, tracker_sums_to_the_people_in_mat) {
    std::map<std::string, int> in_mat, tracked;
    for (const std::string& line : lines_of(expected()))
        ++in_mat[line.substr(0, 10)];
    for (const auto& [date, people] : in_mat) {
        if (date[0] != '2') continue;
        const Outcome run =
            run_program({"tracker", folder(), "--as-at", date, "--months", "1", "--format", "csv"});
        int sum = 0;
        const auto lines = lines_of(run.out);
        ASSERT_EQ(lines.size(), 10u);
        for (std::size_t i = 1; i < lines.size(); ++i)
            sum += std::stoi(cells_of(lines[i])[5]);
        EXPECT_EQ(sum, people) << date;
    }
}

TEST_P(Data, services_sum_to_the_organisation) {
    int sum = 0;
    for (const std::string& line : lines_of(read_file(folder() + "/services.csv"))) {
        const std::string service = cells_of(line)[0];
        if (service == "service_id") continue;
        const auto json =
            nlohmann::json::parse(run_program({"tracker", folder(), "--as-at", "2018-05-31", "--months", "1",
                                               "--service", service, "--format", "json"})
                                      .out);
        sum += json["months"][0]["in_mat"].get<int>();
    }
    const auto all = nlohmann::json::parse(
        run_program({"tracker", folder(), "--as-at", "2018-05-31", "--months", "1", "--format", "json"}).out);
    EXPECT_EQ(all["months"][0]["in_mat"], sum);
}

TEST_P(Data, check_counts_balance) {
    const Outcome run = run_program({"check", folder(), "--format", "json"});
    EXPECT_EQ(run.exit_code, 0);
    for (const auto& file : nlohmann::json::parse(run.out)["files"])
        EXPECT_EQ(file["read"].get<int>(),
                  file["accepted"].get<int>() + file["repeated"].get<int>() + file["refused"].get<int>());
}

TEST_P(Data, flows_end_where_the_tracker_stands) {
    const auto flows = nlohmann::json::parse(
        run_program({"flows", folder(), "--as-at", "2018-05-31", "--format", "json"}).out);
    const auto tracker = nlohmann::json::parse(
        run_program({"tracker", folder(), "--as-at", "2018-05-31", "--months", "2", "--format", "json"}).out);
    std::map<std::string, int> before, now;
    for (const auto& pair : flows["people"]) {
        before[pair["from"]] += pair["people"].get<int>();
        now[pair["to"]] += pair["people"].get<int>();
    }
    for (const auto& group : tracker["months"][0]["groups"])
        EXPECT_EQ(before[group["group"]], group["people"].get<int>());
    for (const auto& group : tracker["months"][1]["groups"])
        EXPECT_EQ(now[group["group"]], group["people"].get<int>());
}

/// The table `name` of a work list as JSON.
nlohmann::json list_table(const std::string& list, const std::string& source, const RunOptions& options,
                          const std::string& name) {
    const Outcome run =
        run_program({"list", list, source, "--as-at", "2018-05-31", "--format", "json"}, options);
    EXPECT_EQ(run.exit_code, 0) << run.err;
    return nlohmann::json::parse(run.out)["tables"][name]["rows"];
}

TEST_P(Data, lists_hold_the_people_whom_the_tracker_counts) {
    const auto csv = lines_of(
        run_program({"tracker", folder(), "--as-at", "2018-05-31", "--months", "1", "--format", "csv"}).out);
    std::map<std::string, int> tracked;
    for (std::size_t i = 1; i < csv.size(); ++i)
        tracked[cells_of(csv[i])[4]] = std::stoi(cells_of(csv[i])[5]);
    ASSERT_TRUE(tracked.contains("red")) << csv[1];
    const auto people = [&](const std::string& list, const std::set<std::string>& not_counted) {
        int count = 0;
        for (const auto& row : list_table(list, folder(), {}, "list"))
            count += not_counted.contains(row["block"].get<std::string>()) ? 0 : 1;
        return count;
    };
    EXPECT_EQ(people("0", {"mat4_without_evidence"}), tracked["uncategorised"]);
    EXPECT_EQ(people("1", {"other_with_factor"}),
              tracked["red"] + tracked["amber"] + tracked["mat2_unbanded"]);
    EXPECT_EQ(people("2", {}), tracked["red"]);
    EXPECT_EQ(people("3", {}), tracked["amber"]);
}

TEST_P(Data, a_list_is_the_same_in_every_form_and_from_a_snapshot) {
    const Folder work;
    const RunOptions there{work.path(), {}, Out::captured, 0};
    ASSERT_EQ(run_program({"import", folder()}, there).exit_code, 0);
    for (const std::string list : {"0", "1", "4", "6", "review-cohorts"}) {
        const auto rows = list_table(list, folder(), {}, "list");
        EXPECT_EQ(rows, list_table(list, "latest", there, "list")) << list;
        const auto lines =
            lines_of(run_program({"list", list, folder(), "--as-at", "2018-05-31", "--format", "csv"}).out);
        ASSERT_EQ(lines.size(), rows.size() + 1) << list;
        for (std::size_t i = 0; i < rows.size(); ++i) {
            EXPECT_EQ(rows[i]["place_on_list"], i + 1);
            EXPECT_THAT(lines[i + 1], HasSubstr(rows[i]["client_id"].get<std::string>()));
        }
        EXPECT_EQ(list_table(list, folder(), {}, "parts").back()["together"], rows.size()) << list;
    }
}

TEST_P(Data, service_data_total_is_everybody_and_parts_sum_to_rows) {
    const auto json = nlohmann::json::parse(
        run_program({"service-data", folder(), "--as-at", "2018-05-31", "--format", "json"}).out);
    std::map<std::string, int> people;
    for (const auto& row : json["rows"])
        people[row["row"]] = row["place"]["people"].get<int>();
    EXPECT_EQ(people["total"],
              people["mat1"] + people["mat2"] + people["mat3"] + people["mat4"] + people["uncategorised"]);
    EXPECT_EQ(people["mat2"], people["mat2_below"] + people["mat2_at_or_above"] + people["mat2_unbanded"]);
    const auto parts =
        nlohmann::json::parse(run_program({"service-data", folder(), "--as-at", "2018-05-31", "--by",
                                           "medicine", "--row", "mat2", "--format", "json"})
                                  .out);
    int sum = 0;
    for (const auto& part : parts["parts"])
        sum += part["people"].get<int>();
    EXPECT_EQ(sum, people["mat2"]);
}

TEST_P(Data, explanations_tell_the_expected_states) {
    const auto lines = lines_of(expected());
    for (std::size_t i = 1; i < lines.size(); i += 97) {
        const auto cells = cells_of(lines[i]);
        const auto json = nlohmann::json::parse(
            run_program({"explain", folder(), cells[1], "--as-at", cells[0], "--format", "json"}).out);
        EXPECT_EQ(json["state"]["stage"], cells[3]);
        EXPECT_EQ(json["state"]["service_id"], cells[2]);
        EXPECT_EQ(json["state"]["spell_day"].get<int>(), std::stoi(cells[9]));
        EXPECT_GE(json["reasons"].size(), 6u);
    }
}

INSTANTIATE_TEST_SUITE_P(Cli, Data, testing::Values("adversarial", "ctn0094"),
                         [](const auto& one) { return std::string(one.param); });

TEST(Store, keeps_lists_gives_back_and_erases) {
    const Folder work;
    const RunOptions there{work.path(), {}, Out::captured, 0};
    EXPECT_THAT(run_program({"import", data_folder("adversarial")}, there).out,
                HasSubstr("is now in optimat.sqlite"));
    EXPECT_THAT(run_program({"import", data_folder("adversarial")}, there).out,
                HasSubstr("nothing was changed"));
    const auto list = nlohmann::json::parse(run_program({"snapshots", "--format", "json"}, there).out);
    ASSERT_EQ(list.size(), 1u);
    EXPECT_EQ(list[0]["clients"], 500);
    ASSERT_EQ(run_program({"originals", "latest", "-o", "again"}, there).exit_code, 0);
    for (const char* file : {"prescriptions.csv", "tops.csv", "extract.toml"})
        EXPECT_TRUE(read_file(work / "again" / file) == read_file(data_folder("adversarial") + "/" + file))
            << file;
    const Outcome kept = run_program({"erase", "latest"}, there);
    EXPECT_EQ(kept.exit_code, 2);
    EXPECT_THAT(kept.err, HasSubstr("nothing was erased"));
    EXPECT_EQ(nlohmann::json::parse(run_program({"snapshots", "--format", "json"}, there).out).size(), 1u);
    EXPECT_EQ(run_program({"erase", "latest", "--yes"}, there).exit_code, 0);
    EXPECT_EQ(nlohmann::json::parse(run_program({"snapshots", "--format", "json"}, there).out).size(), 0u);
    EXPECT_THAT(run_program({"snapshots"}, there).out, HasSubstr("no snapshots yet"));
}

TEST(Store, stands_where_the_option_or_the_environment_says) {
    const Folder work;
    ASSERT_EQ(run_program({"import", data_folder("ctn0094"), "--store", work / "one.sqlite"}).exit_code, 0);
    EXPECT_EQ(run_program({"snapshots"}, {{}, {{"OPTIMAT_STORE", work / "one.sqlite"}}, Out::captured, 0})
                  .exit_code,
              0);
    EXPECT_EQ(run_program({"--store", work / "one.sqlite", "snapshots"},
                          {{}, {{"OPTIMAT_STORE", "/nowhere/x"}}, Out::captured, 0})
                  .exit_code,
              0);
    EXPECT_EQ(run_program({"snapshots"}, {{}, {{"OPTIMAT_STORE", "/nowhere/x"}}, Out::captured, 0}).exit_code,
              13);
}

TEST(Synth, the_tour_runs_from_end_to_end) {
    const Folder work;
    const RunOptions there{work.path(), {}, Out::captured, 0};
    std::vector<std::vector<std::string>> tour;
    bool begun = false;
    for (const std::string& line : lines_of(run_program({"--help"}).out)) {
        begun |= line.starts_with("A tour");
        if (!begun || !line.starts_with("  optimat ")) continue;
        std::vector<std::string> words;
        std::istringstream in(line);
        for (std::string word; in >> word;)
            words.push_back(word);
        words.erase(words.begin());
        tour.push_back(words);
    }
    ASSERT_EQ(tour.size(), 5u);
    for (const auto& words : tour) {
        const Outcome run = run_program(words, there);
        EXPECT_EQ(run.exit_code, 0) << words[0] << run.err;
    }
    EXPECT_GT(std::filesystem::file_size(work / "tracker.xlsx"), 10'000u);
    EXPECT_THAT(read_file(work / "tracker.xlsx"), testing::StartsWith("PK"));
    const auto states = lines_of(run_program({"states", "demo-data", "--as-at", "2018-10-31"}, there).out);
    EXPECT_EQ(states.size(), 2001u);
}

TEST(Policy, a_file_of_ones_own_changes_results_and_is_named) {
    const Folder work;
    write_file(work / "ours.toml",
               "name = \"ours\"\nversion = \"7\"\n[family.methadone]\nthreshold_mg = 80\n");
    const std::vector<std::string> words = {
        "tracker", data_folder("ctn0094"), "--as-at", "2018-03-31", "--months", "1", "--format", "json"};
    const auto shipped = nlohmann::json::parse(run_program(words).out);
    const auto ours = nlohmann::json::parse(run_program(joined(words, {"--policy", work / "ours.toml"})).out);
    EXPECT_EQ(ours["provenance"]["policy"], "ours");
    EXPECT_EQ(ours["provenance"]["policy_version"], "7");
    EXPECT_NE(ours["provenance"]["policy_hash"], shipped["provenance"]["policy_hash"]);
    EXPECT_GT(ours["months"][0]["groups"][0]["people"], shipped["months"][0]["groups"][0]["people"]);  // red
    const auto values = nlohmann::json::parse(
        run_program({"policy", "--policy", work / "ours.toml", "--format", "json"}).out);
    EXPECT_EQ(values["name"], "ours");
    bool found = false;
    for (const auto& value : values["values"]) {
        EXPECT_NE(value["key"], "");
        if (value["key"] == "family.methadone.threshold_mg") found = value["value"] == "80";
    }
    EXPECT_TRUE(found);
    EXPECT_THAT(run_program({"policy"}).out, HasSubstr("threshold_mg = 60"));
}

TEST(Rules, are_told_in_words_with_values) {
    const auto rules = nlohmann::json::parse(run_program({"rules", "--format", "json"}).out);
    EXPECT_GT(rules.size(), 10u);
    for (const auto& rule : rules)
        EXPECT_EQ(rule["words"].get<std::string>().find('{'), std::string::npos) << rule["id"];
    EXPECT_THAT(run_program({"rules"}).out, HasSubstr("evidence/on-top"));
}

TEST(Csv, names_that_begin_like_a_formula_become_text) {
    const Folder work;
    std::filesystem::copy(data_folder("adversarial"), work / "extract");
    write_file(work / "extract" / "services.csv",
               "service_id,name,region\nS1,=1+1,+North\nS2,B,\nS3,C,\nS4,D,\nS5,E,\n");
    const RunOptions there{work.path(), {}, Out::captured, 0};
    const std::vector<std::string> words = {"tracker", "extract", "--as-at", "2018-05-31", "--format", "csv"};
    EXPECT_THAT(run_program(joined(words, {"--service", "S1"}), there).out, HasSubstr("\nservice,S1,'=1+1,"));
    EXPECT_THAT(run_program(joined(words, {"--region", "+North"}), there).out,
                HasSubstr("\nregion,'+North,'+North,"));
}

}  // namespace
}  // namespace optimat::testing_program
