// Files that are missing, cut off, of another kind or of absurd size: a clear message naming file and line,
// no crash, and no more memory than a few blocks.

#include "faulty_extract.hpp"

#include <sys/resource.h>
#include <sys/stat.h>

namespace optimat {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

const std::vector<std::string> file_names = {"services.csv",      "clients.csv", "prescriptions.csv",
                                             "episodes.csv",      "tops.csv",    "drug_screens.csv",
                                             "risk_profiles.csv", "ascis.csv",   "events.csv"};

long peak_memory_kib() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss;
}

TEST(DamagedFile, the_sound_extract_has_no_issue) {
    const FaultyExtract extract;
    const ReadExtract result = extract.read();
    EXPECT_THAT(result.report.issues, IsEmpty());
    EXPECT_EQ(result.extract.client_count(), 2u);
    EXPECT_EQ(rows_of(result.report, "prescriptions.csv"), (RowCounts{2, 2, 0, 0}));
    EXPECT_EQ(extract.refusal(), "not refused");
}

TEST(DamagedFile, a_missing_folder_or_one_without_extract_toml_is_said) {
    const FaultyExtract extract;
    const auto refusal = [](const std::filesystem::path& folder) {
        try {
            read_extract(folder, FaultyExtract::options());
        } catch (const InputError& error) {
            return std::string(error.what());
        }
        return std::string("not refused");
    };
    EXPECT_THAT(refusal(extract.path() / "none"), AllOf(HasSubstr("none"), HasSubstr("no such folder")));
    EXPECT_THAT(refusal(extract.path() / "clients.csv"), HasSubstr("no such folder"));
    EXPECT_THAT(refusal(std::string(5000, 'x')), HasSubstr("no such folder"));
    EXPECT_THAT(refusal(""), HasSubstr("no such folder"));
    std::filesystem::remove(extract.path() / "extract.toml");
    EXPECT_THAT(refusal(extract.path()), AllOf(HasSubstr("extract.toml"), HasSubstr("missing")));
}

TEST(DamagedFile, a_missing_required_file_is_named) {
    for (const char* name : {"services.csv", "clients.csv", "prescriptions.csv"}) {
        const FaultyExtract extract;
        std::filesystem::remove(extract.path() / name);
        EXPECT_THAT(extract.refusal(), HasSubstr(std::string(name) + " is missing"));
    }
}

TEST(DamagedFile, an_empty_file_is_refused_by_name) {
    for (const std::string& name : file_names) {
        const FaultyExtract extract;
        extract.write(name, "");
        EXPECT_THAT(extract.refusal(), HasSubstr(name + ": the file is empty"));
        const CheckReport report = extract.read().report;
        EXPECT_TRUE(report.refused());
        EXPECT_EQ(places(report, Rule::file_refused).size(), 1u) << name;
    }
}

TEST(DamagedFile, what_is_no_csv_text_is_refused_by_name) {
    const std::vector<std::pair<std::string, std::string>> kinds = {
        {std::string("\xff\xfe"
                     "c\0l\0",
                     6),
         "UTF-16"},
        {std::string("\xfe\xff\0c\0l", 6), "UTF-16"},
        {std::string("PK\x03\x04\x14\0\x06\0", 8), "spreadsheet"},
        {"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "spreadsheet"},
        {std::string("\x7f"
                     "ELF\x02\x01\x01\0\0\0",
                     10),
         "control characters"},
        {std::string("\x89PNG\r\n\x1a\n\0\0", 10), "required column"},
        {std::string(100, '\0'), "control characters"},
        {"<html><body>not found</body></html>\n", "required column"},
        {"client_id;year_of_birth\nC1;1980\n", "required column"},
        {"\n\nclient_id,year_of_birth\n", "required column"},
    };
    for (const auto& [bytes, why] : kinds) {
        const FaultyExtract extract;
        extract.write("clients.csv", bytes);
        EXPECT_THAT(extract.refusal(), AllOf(HasSubstr("clients.csv: "), HasSubstr(why)));
        EXPECT_TRUE(extract.read().report.refused());
    }
}

TEST(DamagedFile, binary_junk_behind_a_sound_header_is_reported_row_by_row) {
    const FaultyExtract extract;
    std::string junk = FaultyExtract::prescriptions_header;
    std::uint32_t state = 1;
    for (int i = 0; i < 300'000; ++i)
        junk += static_cast<char>((state = state * 1664525u + 1013904223u) >> 24);
    extract.write("prescriptions.csv", junk);
    const CheckReport report = extract.read().report;
    EXPECT_FALSE(report.refused());
    EXPECT_EQ(rows_of(report, "prescriptions.csv").accepted, 0u);
    EXPECT_GT(rows_of(report, "prescriptions.csv").refused, 100u);
}

TEST(DamagedFile, a_file_cut_off_at_any_byte_is_read_up_to_there) {
    const std::string rows =
        "P1,C1,S1,methadone,60,2018-01-10,2018-03-01\r\n\"P2\",C2,S1,\"methadone\",40,2018-02-10,\r\n";
    const std::string whole = FaultyExtract::prescriptions_header + rows;
    const FaultyExtract extract;
    for (std::size_t size = 0; size <= whole.size(); ++size) {
        extract.write("prescriptions.csv", whole.substr(0, size));
        const CheckReport report = extract.read().report;
        const RowCounts counts = rows_of(report, "prescriptions.csv");
        EXPECT_LE(counts.read, 2u) << size;
        if (size < FaultyExtract::prescriptions_header.size() - 1) {
            continue;  // a header cut within `end_date` may still hold all that is required
        }
        EXPECT_FALSE(report.refused()) << size;
        const std::size_t first_end = whole.find("\r\n") + 1;
        if (size >= first_end) {
            EXPECT_GE(counts.accepted, 1u) << size;
        }
    }
}

TEST(DamagedFile, a_quoted_file_cut_off_inside_a_quote_says_where) {
    const FaultyExtract extract;
    extract.prescriptions("P1,C1,S1,methadone,60,2018-01-10,2018-03-01\nP2,C2,\"S1,methadone,40,2018-02-10,"
                          "\nP3,C2,S1,methadone,40,2018-02-11,2018-02-12\n");
    const CheckReport report = extract.read().report;
    EXPECT_THAT(places(report, Rule::row_unclosed_quote), ElementsAre(Place{"prescriptions.csv", 3, ""}));
    EXPECT_EQ(rows_of(report, "prescriptions.csv"), (RowCounts{3, 2, 0, 1}));
}

TEST(DamagedFile, a_cell_of_ten_megabytes_costs_its_row_and_little_memory) {
    const FaultyExtract extract;
    const std::string good = "P9,C2,S1,methadone,40,2018-02-10,\n";
    for (const std::string& cell : {std::string(10 << 20, 'x'), "\"" + std::string(10 << 20, 'x') + "\""}) {
        extract.prescriptions("P1," + cell + ",S1,methadone,60,2018-01-10,2018-03-01\n" + good);
        const long before = peak_memory_kib();
        const ReadExtract result = read_extract(extract.path(), FaultyExtract::options());
        EXPECT_LT(peak_memory_kib() - before, 24 << 10) << "more than a few blocks of memory";
        EXPECT_EQ(rows_of(result.report, "prescriptions.csv"), (RowCounts{2, 1, 0, 1}));
        const bool quoted = cell.front() == '"';
        EXPECT_THAT(places(result.report, quoted ? Rule::row_unclosed_quote : Rule::row_too_long),
                    ElementsAre(Place{"prescriptions.csv", 2, ""}));
        extract.read();
    }
}

TEST(DamagedFile, a_million_columns_are_refused_in_header_and_row) {
    const FaultyExtract extract;
    extract.write("clients.csv", "client_id" + std::string(1'000'000, ',') + "\n");
    EXPECT_THAT(extract.refusal(), AllOf(HasSubstr("clients.csv: line 1"), HasSubstr("1000001 columns")));
    std::string names = "client_id";
    for (int i = 0; i < 1'000'000; ++i)
        names += ",c" + std::to_string(i);
    extract.write("clients.csv", names + "\nC1\n");
    EXPECT_THAT(extract.refusal(), AllOf(HasSubstr("clients.csv"), HasSubstr("longer than 1 MiB")));
    extract.write("clients.csv", "client_id,sex\nC1" + std::string(1'000'000, ',') + "x\nC2,female\n");
    EXPECT_THAT(places(extract.read().report, Rule::row_cell_count),
                ElementsAre(Place{"clients.csv", 2, ""}));
}

TEST(DamagedFile, a_folder_a_link_to_itself_a_pipe_or_a_device_in_place_of_a_file_is_refused) {
    const FaultyExtract extract;
    const auto file = extract.path() / "tops.csv";
    std::filesystem::create_directory(file);
    EXPECT_THAT(extract.refusal(), HasSubstr("tops.csv: it is not a file"));
    std::filesystem::remove(file);
    std::filesystem::create_symlink(file, file);
    EXPECT_THAT(extract.refusal(), HasSubstr("tops.csv: it cannot be opened"));
    std::filesystem::remove(file);
    std::filesystem::create_symlink(extract.path() / "nowhere", file);
    EXPECT_THAT(extract.refusal(), HasSubstr("tops.csv: it cannot be opened"));
    std::filesystem::remove(file);
    ASSERT_EQ(::mkfifo(file.c_str(), 0600), 0);
    EXPECT_THAT(extract.refusal(), HasSubstr("tops.csv: it is not a file"));
    std::filesystem::remove(file);
    std::filesystem::create_symlink("/dev/zero", file);
    EXPECT_THAT(extract.refusal(), HasSubstr("tops.csv: it is not a file"));
    std::filesystem::remove(file);
    EXPECT_EQ(extract.refusal(), "not refused");
}

TEST(DamagedFile, a_file_that_cannot_be_read_is_refused) {
    const FaultyExtract extract;
    // Reading the start of one's own memory fails for everyone, the superuser too.
    std::filesystem::create_symlink("/proc/self/mem", extract.path() / "tops.csv");
    EXPECT_THAT(extract.refusal(), HasSubstr("tops.csv: it cannot be read"));
    std::filesystem::remove(extract.path() / "tops.csv");
    if (::geteuid() == 0) return;  // nothing is closed to the superuser
    extract.write("tops.csv", "top_id,client_id,date\n");
    std::filesystem::permissions(extract.path() / "tops.csv", std::filesystem::perms::none);
    EXPECT_THAT(extract.refusal(), HasSubstr("tops.csv: it cannot be opened"));
}

TEST(DamagedFile, other_files_of_the_folder_are_noted_up_to_a_limit) {
    const FaultyExtract extract;
    for (int i = 0; i < 100; ++i)
        extract.write("other" + std::to_string(i) + ".csv", "x");
    const CheckReport report = extract.read().report;
    EXPECT_EQ(places(report, Rule::file_not_in_contract).size(), 100u);
    EXPECT_FALSE(report.refused());
    for (int i = 100; i < 300; ++i)
        extract.write("other" + std::to_string(i) + ".csv", "x");
    EXPECT_THAT(extract.refusal(), HasSubstr("300 CSV files"));
}

TEST(DamagedFile, a_header_alone_is_an_extract_of_nobody) {
    const FaultyExtract extract;
    extract.write("services.csv", "service_id,name\n");
    extract.write("clients.csv", "client_id");
    extract.prescriptions("");
    const ReadExtract result = extract.read();
    EXPECT_THAT(result.report.issues, IsEmpty());
    EXPECT_EQ(result.extract.client_count(), 0u);
    EXPECT_TRUE(result.extract.services.empty());
    EXPECT_EQ(extract.refusal(), "not refused");
}

TEST(DamagedFile, a_required_column_that_is_missing_is_named_in_every_file) {
    const std::vector<std::pair<std::string, std::string>> required = {
        {"services.csv", "service_id"},    {"services.csv", "name"},
        {"clients.csv", "client_id"},      {"prescriptions.csv", "medicine"},
        {"episodes.csv", "start_date"},    {"tops.csv", "date"},
        {"drug_screens.csv", "screen_id"}, {"risk_profiles.csv", "date"},
        {"ascis.csv", "asci_id"},          {"events.csv", "kind"}};
    const auto all = [](const std::string& file) -> std::string {
        if (file == "services.csv") return "service_id,name";
        if (file == "clients.csv") return "client_id,sex";
        if (file == "prescriptions.csv") return "prescription_id,client_id,service_id,medicine,start_date";
        if (file == "episodes.csv") return "episode_id,client_id,service_id,start_date";
        if (file == "tops.csv") return "top_id,client_id,date";
        if (file == "drug_screens.csv") return "screen_id,client_id,date";
        if (file == "risk_profiles.csv") return "client_id,date";
        if (file == "ascis.csv") return "asci_id,client_id,date";
        return "client_id,date,kind";
    };
    for (const auto& [file, column] : required) {
        const FaultyExtract extract;
        std::string header = all(file);
        header.replace(header.find(column), column.size(), "misspelt");
        extract.write(file, header + "\n");
        EXPECT_THAT(extract.refusal(), AllOf(HasSubstr(file + ": line 1"), HasSubstr("'" + column + "'"),
                                             Not(HasSubstr("misspelt"))));
        extract.write(file, all(file) + "\n");
        EXPECT_EQ(extract.refusal(), "not refused");
    }
}

TEST(DamagedFile, several_refused_files_are_all_named) {
    const FaultyExtract extract;
    extract.write("clients.csv", "");
    extract.write("tops.csv", "top_id,client_id,date,forename\n");
    EXPECT_THAT(extract.refusal(), AllOf(HasSubstr("clients.csv: the file is empty"),
                                         HasSubstr("tops.csv: line 1"), HasSubstr("'forename'")));
}

}  // namespace
}  // namespace optimat
