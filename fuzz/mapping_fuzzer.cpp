// Any text as a mapping and as a policy: it is read, or refused with a DefinitionError. A mapping that is
// read is then followed for a header made of the columns that it names.

#include "base/error.hpp"
#include "intake/mapping.hpp"
#include "intake/plan.hpp"
#include "intake/policy_file.hpp"

#include <algorithm>

namespace {

using namespace optimat;

std::vector<std::string> columns_of(const FileMapping& file) {
    std::vector<std::string> columns = file.discard;
    for (const TableMapping& table : file.tables) {
        if (!table.when_column.empty()) columns.push_back(table.when_column);
        for (const auto& [name, source] : table.fields)
            columns.insert(columns.end(), source.columns.begin(), source.columns.end());
    }
    std::ranges::sort(columns);
    columns.erase(std::unique(columns.begin(), columns.end()), columns.end());
    return columns;
}

void follow(std::string_view text) {
    static const Schema schema({"diverted_this_episode"});
    try {
        const Mapping mapping = parse_mapping(text, "mapping.toml");
        for (const FileMapping& file : mapping.files) {
            try {
                plan_file(schema, file.file, columns_of(file), &file);
            } catch (const InputError&) {
            }
        }
    } catch (const DefinitionError&) {
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    follow(text);
    try {
        const Policy policy = parse_policy(text, "policy.toml", Policy{});
        policy_entries(text, "policy.toml");
    } catch (const DefinitionError&) {
    }
    return 0;
}
