#include "web/data_work.hpp"
#include "web/pages/data.hpp"
#include "web/site_for_tests.hpp"
#include "web/upload_sink.hpp"
#include "web/views_data.hpp"

#include <gmock/gmock.h>
#include <minizip/zip.h>
#include <nlohmann/json.hpp>
#include <sstream>
#include <sys/wait.h>
#include <unistd.h>

namespace optimat {

namespace {

using testing::HasSubstr;
using testing::Not;

std::string bytes_of(const std::filesystem::path& file) {
    std::ostringstream bytes;
    bytes << std::ifstream(file, std::ios::binary).rdbuf();
    return bytes.str();
}

/// The files of a small invented extract with a row that overlaps, one with a code that is none, and one
/// refused.
const std::map<std::string, std::string>& extract_files() {
    static const std::map<std::string, std::string> files = [] {
        const TemporaryFolder folder;
        SynthOptions options;
        options.clients = 40;
        options.services = 2;
        options.months = 6;
        options.out = folder.path();
        write_synthetic_extract(options);
        std::map<std::string, std::string> made;
        for (const auto& entry : std::filesystem::directory_iterator(folder.path()))
            made[entry.path().filename().string()] = bytes_of(entry.path());
        const std::string& prescriptions = made["prescriptions.csv"];
        const std::size_t first = prescriptions.find('\n') + 1;
        const std::string row = prescriptions.substr(first, prescriptions.find('\n', first) - first);
        made["prescriptions.csv"] += row + "\n";           // the same row once more
        made["clients.csv"] += "Z-SECRET-1,not-a-year\n";  // too few cells: refused
        return made;
    }();
    return files;
}

std::string zip_of(const std::map<std::string, std::string>& files, const std::string& folder) {
    const TemporaryFolder scratch;
    const auto path = scratch.path() / "made.zip";
    const zipFile zip = zipOpen64(path.c_str(), APPEND_STATUS_CREATE);
    for (const auto& [name, content] : files) {
        zip_fileinfo info{};
        EXPECT_EQ(zipOpenNewFileInZip64(zip, (folder + name).c_str(), &info, nullptr, 0, nullptr, 0, nullptr,
                                        Z_DEFLATED, 6, 0),
                  ZIP_OK);
        EXPECT_EQ(zipWriteInFileInZip(zip, content.data(), static_cast<unsigned>(content.size())), ZIP_OK);
        zipCloseFileInZip(zip);
    }
    zipClose(zip, nullptr);
    return bytes_of(path);
}

std::string part(const std::string& name, const std::string& file_name, const std::string& content) {
    const std::string file = file_name.empty() ? "" : "; filename=\"" + file_name + "\"";
    return "--edge\r\nContent-Disposition: form-data; name=\"" + name + "\"" + file + "\r\n\r\n" + content +
           "\r\n";
}

std::string form_of(const std::string& token, const std::map<std::string, std::string>& files) {
    std::string body = part("csrf_token", "", token);
    for (const auto& [name, content] : files)
        body += part("files", name, content);
    return body + "--edge--\r\n";
}

std::size_t files_below(const std::filesystem::path& folder) {
    if (!std::filesystem::exists(folder)) return 0;
    std::size_t files = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
        files += entry.is_regular_file() ? 1u : 0u;
    return files;
}

class Data : public testing::Test {
  protected:
    static constexpr Role manager = Role::data_manager;

    Admission admit(Role role, std::size_t length = 0) {
        Request head = m_site.request(role, Method::post, "/data/uploads");
        head.headers.push_back({"content-type", "multipart/form-data; boundary=edge"});
        if (length != 0) head.headers.push_back({"content-length", std::to_string(length)});
        return m_site.site().admit(head);
    }
    Response send(const std::string& body) {
        Admission admission = admit(manager, body.size());
        EXPECT_TRUE(admission.sink);
        for (std::size_t at = 0; at < body.size(); at += 1000)
            admission.sink->take(std::string_view(body).substr(at, 1000));
        return admission.sink->finish();
    }
    std::string form(const std::map<std::string, std::string>& files) {
        return form_of(m_site.csrf_token_of(manager), files);
    }
    /// Sends, waits for the check, and returns the page's path.
    std::string sent(const std::map<std::string, std::string>& files) {
        const Response response = send(form(files));
        EXPECT_EQ(response.status, 303);
        m_site.site().data_work().wait();
        return std::string(find_parameter(response.headers, "Location").value_or(""));
    }
    Upload newest() {
        const auto lease = m_site.site().stores().lease();
        return list_uploads(lease.database(), 1).at(0);
    }
    std::vector<SnapshotInfo> snapshots() {
        const auto lease = m_site.site().stores().lease();
        return list_snapshots(lease.store());
    }
    std::string words_of_failure(const std::function<void()>& act) {
        try {
            act();
        } catch (const Error& error) {
            return error.what();
        }
        return "";
    }
    std::filesystem::path uploads() const { return m_site.folder() / "uploads"; }

    TestSite m_site{std::filesystem::path()};
};

}  // namespace

TEST_F(Data, AZipIsCheckedShownAndImported) {
    const std::string path = sent({{"extract.zip", zip_of(extract_files(), "export/")}});
    ASSERT_EQ(newest().stage, UploadStage::checked) << newest().message;
    const Response page = m_site.get(manager, path);
    EXPECT_THAT(page.body, testing::AllOf(HasSubstr("Check report"), HasSubstr("Import it"),
                                          HasSubstr("prescriptions.csv"),
                                          HasSubstr("The row has not as many cells as the header")));
    EXPECT_TRUE(snapshots().empty());
    EXPECT_EQ(m_site.post(manager, path + "/import", {}).status, 303);
    m_site.site().data_work().wait();
    EXPECT_EQ(newest().stage, UploadStage::imported) << newest().message;
    ASSERT_EQ(snapshots().size(), 1u);
    EXPECT_EQ(snapshots().front().id, newest().snapshot_id);
    EXPECT_EQ(files_below(uploads()), 0u);
    EXPECT_EQ(m_site.get(manager, "/tracker").status, 200);
    EXPECT_EQ(m_site.get(manager, "/data/snapshots/" + newest().snapshot_id).status, 200);
    EXPECT_THAT(m_site.get(manager, "/data/quality").body, HasSubstr("per 1,000 rows"));
    EXPECT_EQ(m_site.get(manager, "/data/quality.csv").status, 200);
}

TEST_F(Data, TheFilesThemselvesGiveTheSameSnapshotAsTheirZip) {
    const std::string first = sent({{"extract.zip", zip_of(extract_files(), "")}});
    m_site.post(manager, first + "/import", {});
    m_site.site().data_work().wait();
    const std::string second = sent(extract_files());
    m_site.post(manager, second + "/import", {});
    m_site.site().data_work().wait();
    EXPECT_EQ(newest().stage, UploadStage::imported);
    EXPECT_THAT(newest().message, HasSubstr("already"));
    EXPECT_EQ(snapshots().size(), 1u);
}

TEST_F(Data, TheReportCountsPeopleAndStagesAsTheExtractHasThem) {
    sent(extract_files());
    const CheckSummary summary = check_summary_of_json(newest().report);
    EXPECT_EQ(check_summary_of_json(to_json(summary)), summary);
    std::uint64_t in_mat = 0;
    for (const std::uint64_t people : summary.stages)
        in_mat += people;
    EXPECT_EQ(in_mat, 40u);
    const auto of = [&](Rule rule) { return *std::ranges::find(summary.rules, rule, &RuleSummary::rule); };
    EXPECT_EQ(of(Rule::id_repeated_identical).issues, 1u);
    EXPECT_EQ(of(Rule::id_repeated_identical).reach->people, 1u);
    EXPECT_EQ(of(Rule::row_cell_count).issues, 1u);
    EXPECT_EQ(of(Rule::row_cell_count).reach->people, 0u)
        << "nobody can say which cell of such a row is the client";
}

TEST_F(Data, NeitherReportNorListOfIssuesHoldsAValueOfARow) {
    const std::string path = sent(extract_files());
    const std::string& clients = extract_files().at("clients.csv");
    const std::string issues = m_site.get(manager, path + "/issues.csv").body;
    for (std::size_t at = clients.find('\n') + 1; at < clients.size(); at = clients.find('\n', at) + 1) {
        const std::string client = clients.substr(at, clients.find(',', at) - at);
        EXPECT_THAT(newest().report, Not(HasSubstr(client)));
        EXPECT_THAT(issues, Not(HasSubstr(client)));
        EXPECT_THAT(m_site.get(manager, path).body, Not(HasSubstr(client)));
    }
    EXPECT_THAT(issues, HasSubstr("clients.csv,"));
}

TEST_F(Data, RowsOpenForThoseWhoMayAndEveryLookIsAudited) {
    const std::string path = sent(extract_files());
    const std::string rows = path + "/rows?rule=id%2Frepeated-identical";
    const Response page = m_site.get(manager, rows);
    EXPECT_EQ(page.status, 200);
    const std::string& prescriptions = extract_files().at("prescriptions.csv");
    const std::size_t first = prescriptions.find('\n') + 1;
    EXPECT_THAT(page.body, HasSubstr(prescriptions.substr(first, prescriptions.find(',', first) - first)));
    const Response csv = m_site.get(manager, path + "/rows.csv?rule=id%2Frepeated-identical");
    EXPECT_THAT(csv.body, HasSubstr("prescription_id"));
    for (const Role role : {Role::service_manager, Role::clinician, Role::recovery_worker, Role::commissioner,
                            Role::administrator})
        EXPECT_EQ(m_site.get(role, rows).status, 403) << static_cast<int>(role);
    const auto audit = m_site.audit();
    std::size_t seen = 0, exported = 0, refused = 0;
    for (const AuditEntry& entry : audit) {
        const bool allowed = entry.outcome == AuditOutcome::allowed;
        seen += entry.action == "view_rows" && allowed ? 1u : 0u;
        exported += entry.action == "export_rows" && allowed ? 1u : 0u;
        refused += entry.action == "view_rows" && entry.outcome == AuditOutcome::refused ? 1u : 0u;
        EXPECT_THAT(entry.detail, Not(HasSubstr("SECRET")));
    }
    EXPECT_EQ(seen, 1u);
    EXPECT_EQ(exported, 1u);
    EXPECT_EQ(refused, 5u);
}

TEST_F(Data, AConnectionThatIsCutLeavesNothing) {
    const std::string body = form(extract_files());
    {
        Admission admission = admit(manager, body.size());
        admission.sink->take(std::string_view(body).substr(0, body.size() / 2));
        EXPECT_EQ(newest().stage, UploadStage::receiving);
        EXPECT_GT(files_below(uploads()), 0u);
    }
    EXPECT_EQ(newest().stage, UploadStage::failed);
    EXPECT_THAT(newest().message, HasSubstr("Send it again"));
    EXPECT_EQ(files_below(uploads()), 0u);
    EXPECT_EQ(m_site.audit().front().outcome, AuditOutcome::failed);
    EXPECT_EQ(m_site.audit().front().action, "upload_extract");
}

TEST_F(Data, NothingIsTakenBeforeTheRightToken) {
    for (const std::string& body :
         {form_of("wrong", extract_files()), part("files", "clients.csv", "a,b\n") + "--edge--\r\n",
          form_of("", extract_files()), form_of(std::string(5000, 'x'), extract_files())}) {
        Admission admission = admit(manager, body.size());
        EXPECT_THAT(words_of_failure([&] {
                        admission.sink->take(body);
                        admission.sink->finish();
                    }),
                    HasSubstr("form is too old"));
    }
    const auto lease = m_site.site().stores().lease();
    EXPECT_TRUE(list_uploads(lease.database(), 10).empty());
    EXPECT_EQ(files_below(uploads()), 0u);
    EXPECT_EQ(m_site.audit().front().outcome, AuditOutcome::refused);
}

TEST_F(Data, WhoMayNotSendIsRefusedBeforeTheBody) {
    for (const Role role :
         {Role::service_manager, Role::recovery_worker, Role::commissioner, Role::administrator}) {
        const Admission admission = admit(role);
        EXPECT_FALSE(admission.sink);
        ASSERT_TRUE(admission.refusal);
        EXPECT_EQ(admission.refusal->status, 403);
    }
}

TEST_F(Data, WhatIsNoExtractIsRefusedWithWords) {
    sent({{"extract.zip", "this is no zip"}});
    EXPECT_EQ(newest().stage, UploadStage::refused);
    EXPECT_FALSE(newest().message.empty());
    sent({{"extract.zip", zip_of({{"clients.csv", "a\n"}}, "")}});
    EXPECT_THAT(newest().message, HasSubstr("no extract.toml"));
    auto files = extract_files();
    files.erase("prescriptions.csv");
    const std::string path = sent(files);
    EXPECT_EQ(newest().stage, UploadStage::refused);
    EXPECT_THAT(newest().message, testing::AllOf(HasSubstr("prescriptions.csv is missing"),
                                                 Not(HasSubstr(m_site.folder().string()))));
    EXPECT_THAT(m_site.get(manager, path).body, HasSubstr("prescriptions.csv is missing"));
    EXPECT_EQ(files_below(uploads()), 0u);
}

TEST_F(Data, HostileZipsAndNamesWriteNowhereElse) {
    sent({{"extract.zip", zip_of(extract_files(), "../../outside/")}});
    EXPECT_EQ(newest().stage, UploadStage::refused);
    EXPECT_FALSE(std::filesystem::exists(m_site.folder() / "outside"));
    sent({{"extract.zip", zip_of({{"extract.toml", std::string(40 << 20, ' ')}}, "")}});
    EXPECT_EQ(newest().stage, UploadStage::refused) << "a small zip that grows large";
    auto files = extract_files();
    files["extract.toml"] += "\nmapping = \"../../../store.sqlite\"\n";
    sent(files);
    EXPECT_EQ(newest().stage, UploadStage::refused);
    EXPECT_THAT(newest().message, HasSubstr("beside extract.toml"));
    const std::string body = form({{".hidden.csv", "a\n"}});
    Admission admission = admit(manager);
    EXPECT_THAT(words_of_failure([&] { admission.sink->take(body); }), HasSubstr("name"));
    admission.sink.reset();
    EXPECT_EQ(files_below(uploads()), 0u);
}

TEST_F(Data, AFileThatWouldIdentifyPeopleIsRefusedAndNotKept) {
    auto files = extract_files();
    std::string& clients = files["clients.csv"];
    clients.insert(clients.find('\n'), ",surname");
    const std::string path = sent(files);
    EXPECT_EQ(newest().stage, UploadStage::refused);
    EXPECT_THAT(m_site.get(manager, path).body, HasSubstr("surname"));
    EXPECT_EQ(m_site.post(manager, path + "/import", {}).status, 303);
    m_site.site().data_work().wait();
    EXPECT_TRUE(snapshots().empty());
    EXPECT_EQ(files_below(uploads()), 0u);
}

TEST_F(Data, PressingImportTwiceImportsOnce) {
    const std::string path = sent(extract_files());
    EXPECT_EQ(m_site.post(manager, path + "/import", {}).status, 303);
    EXPECT_EQ(m_site.post(manager, path + "/import", {}).status, 303);
    m_site.site().data_work().wait();
    EXPECT_EQ(snapshots().size(), 1u);
    std::size_t allowed = 0, late = 0;
    for (const AuditEntry& entry : m_site.audit())
        if (entry.action == "import_extract") (entry.outcome == AuditOutcome::allowed ? allowed : late) += 1;
    EXPECT_EQ(allowed, 1u);
    EXPECT_EQ(late, 1u);
}

TEST_F(Data, GivingUpRemovesTheFiles) {
    const std::string path = sent(extract_files());
    EXPECT_GT(files_below(uploads()), 0u);
    EXPECT_EQ(m_site.post(manager, path + "/give-up", {}).status, 303);
    EXPECT_EQ(newest().stage, UploadStage::given_up);
    EXPECT_EQ(files_below(uploads()), 0u);
    m_site.post(manager, path + "/import", {});
    m_site.site().data_work().wait();
    EXPECT_TRUE(snapshots().empty());
}

TEST_F(Data, ASecondSiteOnTheStoreSeesTheStagesAndClearsWhatADeadProcessLeft) {
    const std::string path = sent(extract_files());
    Upload dead = newest();
    dead.reference.clear();
    dead.stage = UploadStage::importing;
    const std::string mine = m_site.site().data_work().process();
    const std::string machine = mine.substr(0, mine.find('/'));
    dead.process = machine + "/999999999/1";
    Upload alive = dead, elsewhere = dead;
    alive.process = mine;
    elsewhere.process = "another-machine/1/1";
    {
        const auto lease = m_site.site().stores().lease();
        for (Upload* upload : {&dead, &alive, &elsewhere})
            *upload = add_upload(lease.database(), *upload);
    }
    std::filesystem::create_directories(uploads() / dead.reference);
    SiteOptions options = m_site.site().options();
    Site second(std::move(options));
    const auto lease = second.stores().lease();
    const auto stage_of = [&](const Upload& upload) {
        return find_upload(lease.database(), upload.reference)->stage;
    };
    EXPECT_EQ(find_upload(lease.database(), path.substr(path.rfind('/') + 1))->stage, UploadStage::checked);
    EXPECT_EQ(stage_of(dead), UploadStage::failed);
    EXPECT_FALSE(std::filesystem::exists(uploads() / dead.reference));
    EXPECT_EQ(stage_of(alive), UploadStage::importing);
    EXPECT_EQ(stage_of(elsewhere), UploadStage::importing);
    second.data_work().clear_away(lease.database(), test_now + 2 * 60 * 60);
    EXPECT_EQ(stage_of(elsewhere), UploadStage::failed) << "nothing was heard of it for too long";
    second.data_work().clear_away(lease.database(), test_now + 8 * 86'400);
    EXPECT_EQ(find_upload(lease.database(), path.substr(path.rfind('/') + 1))->stage, UploadStage::given_up)
        << "after a week";
}

TEST_F(Data, AFolderOfTheServerIsTakenByItsNameOnlyAndStaysAsItIs) {
    const auto root = m_site.folder() / "extracts", outside = m_site.folder() / "outside";
    for (const auto& folder : {root / "october", outside}) {
        std::filesystem::create_directories(folder);
        for (const auto& [name, content] : extract_files())
            std::ofstream(folder / name, std::ios::binary) << content;
    }
    std::filesystem::create_directory_symlink(outside, root / "link");
    EXPECT_EQ(folders_with_extracts(root), std::vector<std::string>{"october"});
    for (const char* name : {"../outside", "link", "", ".", "/etc", "october/../../outside"})
        EXPECT_EQ(m_site.post(manager, "/data/folder", {{"folder", name}}).status, 422) << name;
    EXPECT_EQ(m_site.post(manager, "/data/folder", {{"folder", "october"}}).status, 303);
    m_site.site().data_work().wait();
    ASSERT_EQ(newest().stage, UploadStage::checked) << newest().message;
    m_site.post(manager, "/data/uploads/" + newest().reference + "/import", {});
    m_site.site().data_work().wait();
    EXPECT_EQ(newest().stage, UploadStage::imported);
    EXPECT_EQ(files_below(root / "october"), extract_files().size());
}

TEST_F(Data, ProgressIsWhatThePageScriptExpects) {
    const std::string path = sent(extract_files());
    const auto json = nlohmann::json::parse(m_site.get(manager, path + "/progress").body);
    EXPECT_EQ(json.at("state"), "done");
    EXPECT_EQ(json.at("next"), path);
    EXPECT_EQ(m_site.get(manager, "/data/uploads/nothing").status, 404);
    EXPECT_EQ(m_site.get(Role::clinician, path).status, 403);
}

TEST_F(Data, StoppingWhileAnExtractWaitsLeavesItTold) {
    const Response response = send(form(extract_files()));
    EXPECT_EQ(response.status, 303);
    {
        SiteOptions options = m_site.site().options();
        Site second(std::move(options));
        Upload waiting = newest();
        const auto lease = second.stores().lease();
        waiting.reference.clear();
        waiting.stage = UploadStage::checking;
        waiting.process = second.data_work().process();
        waiting = add_upload(lease.database(), waiting);
        second.data_work().begin(waiting.reference);
    }
    m_site.site().data_work().wait();
    const auto lease = m_site.site().stores().lease();
    const auto stage = list_uploads(lease.database(), 1).front().stage;
    EXPECT_TRUE(stage == UploadStage::failed || stage == UploadStage::refused ||
                stage == UploadStage::checked);
}

TEST(ProcessNames, TellTheLivingFromTheDead) {
    const std::string mine = name_of_this_process();
    int ends[2];
    ASSERT_EQ(::pipe(ends), 0);
    const pid_t child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
        const std::string name = name_of_this_process();
        const bool told = ::write(ends[1], name.data(), name.size()) == static_cast<ssize_t>(name.size());
        ::_exit(told ? 0 : 1);
    }
    siginfo_t ended{};
    ASSERT_EQ(::waitid(P_PID, static_cast<id_t>(child), &ended, WEXITED | WNOWAIT),
              0);  // dead, and still to be waited for
    char name[300] = {};
    ASSERT_GT(::read(ends[0], name, sizeof name - 1), 0);
    EXPECT_EQ(is_alive(name), false);
    ::waitpid(child, nullptr, 0);
    EXPECT_EQ(is_alive(mine), true);
    EXPECT_EQ(is_alive(mine + "0"), false) << "another process took the number";
    EXPECT_EQ(is_alive("another-machine/1/1"), std::nullopt);
    EXPECT_EQ(is_alive(""), std::nullopt);
}

TEST(IssuePlaces, ComeBackAsTheyWereWritten) {
    const TemporaryFolder folder;
    CheckReport report;
    report.files = {{"a.csv", "clients", 0, {}, {"client_id", "sex"}, {}}, {"b.csv", "", 0, {}, {}, {}}};
    report.issues = {{Rule::cell_code, 0, 1, 7}, {Rule::file_not_in_contract, 1, Issue::no_column, 0}};
    write_issue_places(report, folder.path() / "issues");
    const CheckReport back = read_issue_places(folder.path() / "issues");
    EXPECT_EQ(back.issues, report.issues);
    ASSERT_EQ(back.files.size(), 2u);
    EXPECT_EQ(back.files[0].columns, report.files[0].columns);
    EXPECT_THROW(read_issue_places(folder.path() / "missing"), InputError);
}

TEST(ExtractRowsOfMappedFiles, NeverShowWhatTheMappingDiscardsOrReduces) {
    const TemporaryFolder folder;
    folder.write("extract.toml", "organisation = \"Invented\"\ncovers_from = \"2018-01-01\"\ncovers_to = "
                                 "\"2018-10-31\"\nmapping = \"own.toml\"\n");
    folder.write("own.toml",
                 "name = \"Own\"\nversion = \"1\"\nsource = \"made up\"\n[file.\"people.csv\"]\ndiscard = "
                 "[\"Surname\"]\n"
                 "[[file.\"people.csv\".table]]\ntable = \"clients\"\n[file.\"people.csv\".table.fields]\n"
                 "client_id = { columns = [\"Agency\", \"Client\"], join = \"-\" }\n"
                 "year_of_birth = { column = \"Born\", part = \"year\" }\n");
    folder.write("people.csv", "Agency,Client,Surname,Born,Note\nA,7,Invented,1980-02-03,x\n");
    const ExtractRows rows(folder.path(), Definitions());
    const FileReport file{
        "people.csv", "clients", 0, {}, {"Agency", "Client", "Surname", "Born", "Note"}, {}};
    EXPECT_EQ(rows.columns(file), (std::vector<std::string>{"Agency", "Client"}));
    std::vector<ExtractRow> found;
    const std::vector<std::uint64_t> lines = {2};
    rows.read(file, lines, RowCells::shown, [&](const ExtractRow& row) { found.push_back(row); });
    ASSERT_EQ(found.size(), 1u);
    EXPECT_EQ(found[0].client_id, "A-7");
    EXPECT_EQ(found[0].cells, (std::vector<std::string>{"A", "7"}));
}

TEST(ExtractRowsOfNativeFiles, AreFoundByTheirLines) {
    const TemporaryFolder plain;
    plain.write("extract.toml",
                "organisation = \"Invented\"\ncovers_from = \"2018-01-01\"\ncovers_to = \"2018-10-31\"\n");
    plain.write("clients.csv", "client_id,sex,notes\nC1, female ,private\nC2\nC3,male,x\n");
    const ExtractRows rows(plain.path(), Definitions());
    const FileReport file{"clients.csv", "clients", 0, {}, {"client_id", "sex", "notes"}, {}};
    EXPECT_EQ(rows.columns(file), (std::vector<std::string>{"client_id", "sex"}))
        << "unknown columns stay closed";
    std::vector<ExtractRow> found;
    const std::vector<std::uint64_t> lines = {2, 3, 4, 9};
    rows.read(file, lines, RowCells::shown, [&](const ExtractRow& row) { found.push_back(row); });
    ASSERT_EQ(found.size(), 3u);
    EXPECT_EQ(found[0].client_id, "C1");
    EXPECT_EQ(found[0].cells, (std::vector<std::string>{"C1", "female"}));
    EXPECT_TRUE(found[1].client_id.empty());
    EXPECT_TRUE(found[1].cells.empty());
    EXPECT_EQ(found[2].line, 4u);
}

}  // namespace optimat
