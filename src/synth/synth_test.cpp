#include "synth/synth.hpp"

#include "base/hash.hpp"
#include "base/temporary_folder.hpp"
#include "model/field.hpp"
#include "synth/published_figures.hpp"

#include <algorithm>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include <gtest/gtest.h>

namespace optimat {
namespace {

class Synth : public testing::Test {
  protected:
    std::filesystem::path folder(const std::string& name) const { return m_folder.path() / name; }

    SynthOptions options(const std::string& name, int clients, int services, int months) const {
        SynthOptions made;
        made.clients = clients;
        made.services = services;
        made.months = months;
        made.out = folder(name);
        return made;
    }

    std::string text(const std::string& extract, const std::string& file) const {
        std::ifstream in(folder(extract) / file, std::ios::binary);
        std::ostringstream all;
        all << in.rdbuf();
        return all.str();
    }

    std::string all_bytes(const std::string& extract) const {
        std::set<std::filesystem::path> files;
        for (const auto& entry : std::filesystem::directory_iterator(folder(extract)))
            files.insert(entry.path());
        std::string bytes;
        for (const auto& file : files)
            bytes += text(extract, file.filename().string());
        return bytes;
    }

    /// Rows as cells by column name. Only for files without quoted cells.
    std::vector<std::map<std::string, std::string>> rows(const std::string& extract,
                                                         const std::string& file) const {
        std::istringstream in(text(extract, file));
        std::string line;
        std::getline(in, line);
        const std::vector<std::string> names = cells(line);
        std::vector<std::map<std::string, std::string>> all;
        while (std::getline(in, line)) {
            const std::vector<std::string> values = cells(line);
            EXPECT_EQ(values.size(), names.size()) << file << " row " << all.size() + 1;
            auto& row = all.emplace_back();
            for (std::size_t i = 0; i < std::min(names.size(), values.size()); ++i)
                row[names[i]] = values[i];
        }
        return all;
    }

    static std::vector<std::string> cells(const std::string& line) {
        std::vector<std::string> all(1);
        for (const char c : line) {
            if (c == ',')
                all.emplace_back();
            else
                all.back().push_back(c);
        }
        return all;
    }

    std::size_t in_mat(const std::string& extract, const std::string& day) const {
        std::set<std::string> clients;
        for (const auto& row : rows(extract, "prescriptions.csv")) {
            const bool covers =
                row.at("start_date") <= day && (row.at("end_date").empty() || row.at("end_date") >= day);
            if (covers && row.at("medicine") != "diazepam") clients.insert(row.at("client_id"));
        }
        return clients.size();
    }

  private:
    TemporaryFolder m_folder;
};

TEST_F(Synth, same_seed_same_bytes) {
    write_synthetic_extract(options("a", 40, 3, 6));
    write_synthetic_extract(options("b", 40, 3, 6));
    EXPECT_EQ(content_hash(all_bytes("a")), content_hash(all_bytes("b")));
}

TEST_F(Synth, other_seed_other_people) {
    write_synthetic_extract(options("a", 40, 3, 6));
    SynthOptions other = options("b", 40, 3, 6);
    other.seed = 2;
    write_synthetic_extract(other);
    EXPECT_NE(text("a", "clients.csv"), text("b", "clients.csv"));
    EXPECT_NE(text("a", "prescriptions.csv"), text("b", "prescriptions.csv"));
}

// These digits change when the generator is changed on purpose, and only then: not with the machine, its
// compiler or its mathematics library.
TEST_F(Synth, the_same_bytes_on_every_machine) {
    write_synthetic_extract(options("a", 500, 25, 24));
    EXPECT_EQ(content_hash(all_bytes("a")).text(),
              "7363ad0c48a7baf698d3655c739d3f5fa0b8203769e9b3f89e52c30a1cdbc379");
}

TEST_F(Synth, exactly_so_many_people_in_mat) {
    for (const auto& [clients, services, months] :
         {std::tuple{1, 1, 1}, {2, 5, 1}, {97, 4, 2}, {331, 21, 26}}) {
        const std::string name = std::to_string(clients);
        write_synthetic_extract(options(name, clients, services, months));
        EXPECT_EQ(in_mat(name, "2018-10-31"), static_cast<std::size_t>(clients));
    }
}

TEST_F(Synth, another_last_month) {
    SynthOptions wanted = options("a", 60, 2, 3);
    wanted.last_month_end = day_of(2024, 2, 29);
    const SynthSummary summary = write_synthetic_extract(wanted);
    EXPECT_EQ(to_text(summary.covers_from), "2023-12-01");
    EXPECT_EQ(to_text(summary.covers_to), "2024-02-29");
    EXPECT_EQ(in_mat("a", "2024-02-29"), 60u);
    EXPECT_NE(text("a", "extract.toml").find("covers_to = \"2024-02-29\""), std::string::npos);
}

TEST_F(Synth, summary_counts_rows_and_bytes) {
    const SynthSummary summary = write_synthetic_extract(options("a", 50, 2, 4));
    ASSERT_EQ(summary.files.size(), 9u);
    for (const SynthFile& file : summary.files) {
        const std::string bytes = text("a", file.name);
        EXPECT_EQ(file.bytes, bytes.size()) << file.name;
        EXPECT_EQ(file.rows, static_cast<std::uint64_t>(std::ranges::count(bytes, '\n')) - 1) << file.name;
    }
}

TEST_F(Synth, headers_are_those_of_the_contract) {
    write_synthetic_extract(options("a", 10, 2, 2));
    for (std::size_t i = 0; i < table_count; ++i) {
        const auto kind = static_cast<TableKind>(i);
        std::vector<std::string> expected;
        for (const Field& field : fields_of(kind))
            expected.emplace_back(field.name);
        if (kind == TableKind::ascis)
            for (const char* item :
                 {"diverted_this_episode", "vulnerable_to_exploitation", "regular_opioid_use_28d"})
                expected.emplace_back(item);
        const std::string file = std::string(table_name(kind)) + ".csv";
        const std::string bytes = text("a", file);
        EXPECT_EQ(cells(bytes.substr(0, bytes.find('\n'))), expected) << file;
    }
}

TEST_F(Synth, rows_stand_client_by_client_in_order_of_date) {
    write_synthetic_extract(options("a", 120, 3, 8));
    std::map<std::string, std::size_t> place;
    for (const auto& row : rows("a", "clients.csv"))
        place.emplace(row.at("client_id"), place.size());
    for (const auto& [file, date] : {std::pair{"prescriptions.csv", "start_date"},
                                     {"episodes.csv", "start_date"},
                                     {"drug_screens.csv", "date"},
                                     {"ascis.csv", "date"}}) {
        std::pair<std::size_t, std::string> before{0, ""};
        for (const auto& row : rows("a", file)) {
            ASSERT_TRUE(place.contains(row.at("client_id"))) << file;
            std::pair<std::size_t, std::string> here{place[row.at("client_id")], row.at(date)};
            EXPECT_LE(before, here) << file;
            before = here;
        }
    }
}

TEST_F(Synth, prescriptions_lie_in_the_period_and_do_not_overlap) {
    write_synthetic_extract(options("a", 300, 22, 26));
    std::map<std::string, std::pair<std::string, std::string>> last;  // start and end
    for (const auto& row : rows("a", "prescriptions.csv")) {
        EXPECT_GE(row.at("start_date"), "2016-09-01");
        EXPECT_LE(row.at("start_date"), "2018-10-31");
        auto& [start, end] = last[row.at("client_id")];
        EXPECT_TRUE(row.at("start_date") == start || end < row.at("start_date"));
        start = row.at("start_date");
        end = row.at("end_date").empty() ? "9999-12-31" : row.at("end_date");
    }
}

TEST_F(Synth, deaths_stand_in_both_places_and_nothing_follows) {
    write_synthetic_extract(options("a", 1500, 10, 12));
    std::map<std::string, std::string> died;
    for (const auto& row : rows("a", "episodes.csv"))
        if (row.at("end_reason") == "died") died[row.at("client_id")] = row.at("end_date");
    EXPECT_GE(died.size(), 3u);
    std::size_t events = 0;
    std::istringstream in(text("a", "events.csv"));
    for (std::string line; std::getline(in, line);) {
        const std::vector<std::string> row = cells(line);
        if (row[2] != "death") continue;
        ++events;
        ASSERT_TRUE(died.contains(row[0]));
        EXPECT_EQ(died[row[0]], row[1]);
    }
    EXPECT_EQ(events, died.size());
    for (const auto& row : rows("a", "prescriptions.csv"))
        if (const auto death = died.find(row.at("client_id")); death != died.end()) {
            EXPECT_LE(row.at("end_date"), death->second);
        }
}

TEST_F(Synth, figures_only_where_people_suffice) {
    const auto figures = [this](int clients, int services, int months) {
        return write_synthetic_extract(options("a", clients, services, months));
    };
    EXPECT_FALSE(figures(published::least_clients_with_figures - 1, 4, 1).figure_8_service.has_value());
    EXPECT_FALSE(figures(published::least_clients_with_figures, 3, 1).figure_8_service.has_value());
    EXPECT_FALSE(figures(published::least_clients_with_figures, 4, 11).figure_4_service.has_value());
    const SynthSummary both = figures(published::least_clients_with_figures, 4, 12);
    ASSERT_TRUE(both.figure_8_service.has_value());
    ASSERT_TRUE(both.figure_4_service.has_value());
    EXPECT_NE(*both.figure_8_service, *both.figure_4_service);
}

TEST_F(Synth, defects_are_planted_and_listed) {
    SynthOptions wanted = options("a", 400, 5, 12);
    wanted.defects = Defects::yes;
    const SynthSummary summary = write_synthetic_extract(wanted);
    EXPECT_EQ(summary.files.back().name, "defects.csv");
    std::map<std::string, int> planted;
    for (const auto& row : rows("a", "defects.csv"))
        planted[row.at("defect")] = std::stoi(row.at("planted"));
    EXPECT_EQ(planted.size(), 27u);
    for (const auto& [defect, number] : planted)
        EXPECT_GT(number, 0) << defect;

    const auto times = [this](const std::string& file, const std::string& what) {
        const std::string bytes = text("a", file);
        int found = 0;
        for (std::size_t at = bytes.find(what); at != std::string::npos; at = bytes.find(what, at + 1))
            ++found;
        return found;
    };
    EXPECT_EQ(times("events.csv", "caf\xe9"), planted["event_windows_1252"]);
    EXPECT_EQ(times("events.csv", "\"\"joined\"\"\n"), planted["event_line_break"]);
    EXPECT_EQ(times("prescriptions.csv", ",-20,"), planted["dose_negative"]);
    EXPECT_EQ(times("prescriptions.csv", ",1e308,"), planted["dose_unreadable"]);
    EXPECT_EQ(times("prescriptions.csv", ",60,\n"), planted["millilitres_without_strength"]);
    EXPECT_EQ(times("prescriptions.csv", ",40,1\n"), planted["dose_in_millilitres"]);
    EXPECT_EQ(times("episodes.csv", "S-NOT-LISTED"), planted["episode_at_unknown_service"]);
    EXPECT_NE(text("a", "events.csv").find(",legacy_code\n"), std::string::npos);
}

TEST_F(Synth, without_defects_there_is_no_list) {
    write_synthetic_extract(options("a", 20, 2, 2));
    EXPECT_FALSE(std::filesystem::exists(folder("a") / "defects.csv"));
}

TEST_F(Synth, a_folder_that_cannot_be_made_says_what_to_do) {
    std::ofstream(folder("file")) << "in the way";
    SynthOptions wanted = options("file/extract", 1, 1, 1);
    try {
        write_synthetic_extract(wanted);
        FAIL() << "wrote below a file";
    } catch (const OutputError& error) {
        EXPECT_NE(std::string(error.what()).find("-o"), std::string::npos);
        EXPECT_NE(std::string(error.what()).find("file/extract"), std::string::npos);
    }
}

TEST_F(Synth, a_file_that_cannot_be_written_is_named) {
    std::filesystem::create_directories(folder("a") / "tops.csv");
    try {
        write_synthetic_extract(options("a", 1, 1, 1));
        FAIL() << "wrote to a folder";
    } catch (const OutputError& error) {
        EXPECT_NE(std::string(error.what()).find("tops.csv"), std::string::npos);
    }
}

TEST_F(Synth, options_out_of_range_are_refused) {
    EXPECT_THROW(write_synthetic_extract(options("a", 0, 1, 1)), UsageError);
    EXPECT_THROW(write_synthetic_extract(options("a", 1, 0, 1)), UsageError);
    EXPECT_THROW(write_synthetic_extract(options("a", 1, 1, 121)), UsageError);
    SynthOptions middle = options("a", 1, 1, 1);
    middle.last_month_end = day_of(2018, 10, 30);
    EXPECT_THROW(write_synthetic_extract(middle), UsageError);
    SynthOptions nowhere = options("a", 1, 1, 1);
    nowhere.out.clear();
    EXPECT_THROW(write_synthetic_extract(nowhere), UsageError);
}

}  // namespace
}  // namespace optimat
