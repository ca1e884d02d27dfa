#pragma once
// The definitions that ship inside the program, and the folder that may stand in their place (`--definitions
// DIR`).

#include "model/policy.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace optimat {

class Definitions {
  public:
    /// `folder` holds files that replace those of the same name; none: only what is embedded.
    /// Throws DefinitionError when the folder does not exist.
    explicit Definitions(std::optional<std::filesystem::path> folder = std::nullopt);

    /// The text of a definition file, such as `policy.toml` or `mappings/ndtms.toml`; nothing when there is
    /// none.
    std::optional<std::string> find(const std::string& name) const;
    /// The same, but throws DefinitionError when there is none.
    std::string text(const std::string& name) const;

    /// The policy that ships, with the keys of `override_file` over it when there is one, and the bank
    /// holidays of the nation that it names.
    Policy policy(const std::optional<std::filesystem::path>& override_file = std::nullopt) const;
    /// Every other setting of every choice of the policy that ships, over the one in force.
    std::vector<PolicyAlternative> policy_alternatives(const Policy& in_force) const;
    /// Names of the inventory's items, in its order.
    std::vector<std::string> inventory_items() const;
    /// The text of `mappings/NAME.toml`.
    std::optional<std::string> mapping(const std::string& name) const;

  private:
    std::optional<std::filesystem::path> m_folder;
};

}  // namespace optimat
