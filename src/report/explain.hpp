#pragma once
// Why a person stands where they stand on a day: every rule that was applied, in a sentence, with the records
// that it looked at. Decides nothing itself: it tells what stage/classify and timeline decided. Rule why.

#include "model/policy.hpp"
#include "stage/state.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace optimat {

/// A record that a sentence names.
struct NamedRecord {
    TableKind table;
    std::string id;   ///< empty for tables whose rows have no id (events)
    OptionalDay day;  ///< its date or start
    friend bool operator==(const NamedRecord&, const NamedRecord&) = default;
};

/// One step of the explanation.
struct Reason {
    std::string_view
        rule;              ///< `cover/spell`; `client/not-listed` and `row/refused` for doubts about the data
    std::string sentence;  ///< or a few; plain English
    std::vector<NamedRecord> records;
};

struct Explanation {
    std::string client_id;
    Day as_at;
    std::optional<State> state;   ///< nothing: not in MAT that day
    std::string summary;          ///< where the person stands, in one sentence
    std::vector<Reason> reasons;  ///< in the order in which the rules are applied
};

/// Nothing when no row names the client.
std::optional<ClientPlace> find_client(const Extract& extract, std::string_view client_id);

Explanation explain(const Extract& extract, const Policy& policy, ClientPlace place, Day as_at);

}  // namespace optimat
