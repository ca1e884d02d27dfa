#pragma once

// What a case gives of a team's own records: reviews, claims and inventories, beside the extract.

#include "priority/standing.hpp"
#include "spec_file.hpp"

#include <optional>

namespace optimat::spec {

class TeamGiven {
  public:
    /// They replace what the case gave before. Throw SpecError for a column or text that is not known.
    void set_reviews(const SpecTable& rows);
    void set_claims(const SpecTable& rows);
    void set_asci_answers(const SpecTable& rows, const std::vector<std::string>& items);

    /// The records of the people of the extract. Throws SpecError when a row names nobody of it.
    TeamRecords records(const Extract& extract) const;

  private:
    template <class Record> struct Given {
        int line;
        std::string client_id;
        Record record;
    };
    std::vector<Given<TeamReview>> m_reviews;
    std::vector<Given<TeamClaim>> m_claims;
    std::vector<Given<TeamAsci>> m_ascis;
};

}  // namespace optimat::spec
