#include "intake/definitions.hpp"

#include "base/embedded.hpp"
#include "base/error.hpp"
#include "intake/bank_holidays.hpp"
#include "intake/policy_file.hpp"
#include "intake/text_file.hpp"

#include <fmt/format.h>
#include <toml++/toml.h>

namespace optimat {

Definitions::Definitions(std::optional<std::filesystem::path> folder) : m_folder(std::move(folder)) {
    if (m_folder && !std::filesystem::is_directory(*m_folder))
        throw DefinitionError(fmt::format("{}: there is no such folder of definitions; check --definitions",
                                          m_folder->string()));
}

std::optional<std::string> Definitions::find(const std::string& name) const {
    if (m_folder && std::filesystem::exists(*m_folder / name)) return read_text_file(*m_folder / name);
    for (const EmbeddedFile& file : embedded_files())
        if (file.name == name) return std::string(file.bytes);
    return std::nullopt;
}

std::string Definitions::text(const std::string& name) const {
    auto found = find(name);
    if (!found) throw DefinitionError(fmt::format("there is no definition file '{}'", name));
    return std::move(*found);
}

Policy Definitions::policy(const std::optional<std::filesystem::path>& override_file) const {
    Policy policy = parse_policy(text("policy.toml"), "policy.toml", Policy{});
    if (override_file) policy = parse_policy(read_text_file(*override_file), override_file->string(), policy);
    policy.bank_holidays =
        parse_bank_holidays(text("bank_holidays.toml"), "bank_holidays.toml", policy.nation);
    policy.hash = policy_digest(policy);
    return policy;
}

std::vector<PolicyAlternative> Definitions::policy_alternatives(const Policy& in_force) const {
    return optimat::policy_alternatives(text("policy.toml"), "policy.toml", in_force);
}

std::vector<std::string> Definitions::inventory_items() const {
    std::vector<std::string> items;
    try {
        const toml::table table = toml::parse(text("inventory.toml"));
        if (const toml::array* list = table["item"].as_array()) {
            for (const toml::node& node : *list) {
                const toml::table* item = node.as_table();
                const auto name = item == nullptr ? std::nullopt : (*item)["name"].value<std::string>();
                if (!name || name->empty())
                    throw DefinitionError(fmt::format("inventory.toml: line {}: an item needs a name",
                                                      node.source().begin.line));
                items.push_back(*name);
            }
        }
    } catch (const toml::parse_error& error) {
        throw DefinitionError(
            fmt::format("inventory.toml: line {}: {}", error.source().begin.line, error.description()));
    }
    if (items.size() > 200) throw DefinitionError("inventory.toml: an inventory has at most 200 items");
    return items;
}

std::optional<std::string> Definitions::mapping(const std::string& name) const {
    return find("mappings/" + name + ".toml");
}

}  // namespace optimat
