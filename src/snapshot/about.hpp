#pragma once
// What a snapshot holds beside its clients: whose data, which days, the services, the inventory's items, and
// the policy under which intake read it. One small blob, sealed like the chunks.

#include "model/extract.hpp"
#include "model/policy.hpp"

#include <string>
#include <string_view>

namespace optimat {

/// The name of a policy, not its values.
struct PolicyName {
    std::string name, version, hash;
    static PolicyName of(const Policy& policy) { return {policy.name, policy.version, policy.hash}; }
    friend bool operator==(const PolicyName&, const PolicyName&) = default;
};

struct About {
    std::string organisation;
    Day covers_from, covers_to;  ///< both inclusive
    std::vector<Service> services;
    std::vector<std::string> inventory_items;
    PolicyName policy;
    friend bool operator==(const About&, const About&) = default;

    static About of(const Extract& extract, const Policy& policy);
};

std::string encode_about(const About& about);

/// Throws StoreError for anything wrong: services not in rising byte order of their ids, unknown kinds,
/// impossible days.
About decode_about(std::string_view blob);
/// The payload inside the blob.
About read_about_payload(std::string_view payload);

}  // namespace optimat
