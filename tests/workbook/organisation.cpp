#include "workbook/organisation.hpp"

#include "base/version.hpp"
#include "measure/tracker.hpp"
#include "report/measure_texts.hpp"
#include "stage/classify.hpp"

#include <atomic>
#include <fmt/format.h>
#include <unistd.h>

namespace optimat::workbook_tests {

namespace {

ReadExtract read_trial(const Policy& policy) {
    ReadOptions options;
    options.policy = policy;
    options.threads = {1};
    return read_usable_extract(std::filesystem::path(OPTIMAT_SOURCE_DIR) / "tests/data/ctn0094", options);
}

void make_difficult(std::vector<Service>& services) {
    constexpr const char* names[] = {"=1+1",          "+44 High Street", "-dash",           "@home",
                                     "Mill & <Lane>", "What? *",         "The \"Quoted\"~", "Twin House",
                                     "Twin House",    "twin house",      "Łódź – Straße",   "Region: North"};
    for (std::size_t i = 0; i < services.size(); ++i) {
        if (i < std::size(names)) services[i].name = names[i];
        services[i].region = i % 2 == 0 ? "North" : "=South";
        services[i].area = i % 3 == 0 ? "" : i % 3 == 1 ? "Harbour & Dock" : "Upland";
        services[i].peer_group = i < 5 ? "small" : "large";
    }
}

}  // namespace

TemporaryFolder::TemporaryFolder() {
    static std::atomic<int> count = 0;
    m_path =
        std::filesystem::temp_directory_path() / fmt::format("optimat-workbook-{}-{}", ::getpid(), ++count);
    std::filesystem::create_directories(m_path);
}

TemporaryFolder::~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(m_path, ignored);
}

WorkbookRequest Organisation::request(const Place& chosen) const {
    const Provenance provenance{std::string(program_version()), policy.name, policy.version, policy.hash,
                                "extract of the tests"};
    return {extract(),      states,
            policy,         read.report,
            policy_entries, rules,
            provenance,     {2},
            chosen,         measure_definitions(Definitions().text("measures.toml"), "measures.toml")};
}

Organisation plain_organisation(int months) {
    Organisation organisation;
    const Definitions definitions;
    organisation.policy = definitions.policy();
    organisation.policy_entries = policy_entries(definitions.text("policy.toml"), "policy.toml");
    organisation.rules = rule_texts(definitions.text("rules.toml"), "rules.toml");
    organisation.read = read_trial(organisation.policy);
    organisation.states = classify(organisation.extract(), organisation.policy,
                                   tracker_dates(*day_of(2018, 3, 31), months), {1});
    return organisation;
}

Organisation difficult_organisation(int months) {
    Organisation organisation = plain_organisation(months);
    make_difficult(organisation.read.extract.services);
    return organisation;
}

std::filesystem::path write(const Organisation& organisation, const Place& chosen,
                            const std::filesystem::path& file) {
    write_workbook(organisation.request(chosen), file);
    return file;
}

}  // namespace optimat::workbook_tests
