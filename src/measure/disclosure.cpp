#include "measure/disclosure.hpp"

#include "base/check.hpp"
#include "measure/agreeing_tables.hpp"

#include <algorithm>
#include <tuple>

namespace optimat {

namespace {

constexpr std::size_t nowhere = static_cast<std::size_t>(-1);

/// Hides counts of a table until nothing small can be had back.
class Hiding {
  public:
    Hiding(const CountTable& table, const DisclosureRule& rule)
        : m_counts(table.counts()), m_hidden_below(std::max<std::int64_t>(2, rule.hidden_below)),
          m_hidden(m_counts.size(), false), m_fresh(m_counts.size(), false), m_sums_of(m_counts.size()) {
        for (const CountTable::Sum& sum : table.sums()) {
            auto& members = m_sums.emplace_back(sum.parts);
            members.push_back(sum.whole);
            m_wholes.push_back(sum.whole);
            for (const std::size_t member : members) m_sums_of[member].push_back(m_sums.size() - 1);
        }
        m_hidden_in.assign(m_sums.size(), 0);
        for (std::size_t i = 0; i < m_counts.size(); ++i)
            if (is_small(i)) hide(i);
    }

    std::vector<Disclosed> run() {
        do hide_partners_of_lonely();
        while (hide_partners_of_known());
        std::vector<Disclosed> result(m_counts.size());
        for (std::size_t i = 0; i < m_counts.size(); ++i)
            if (!m_hidden[i]) result[i] = {Disclosed::Visibility::shown, m_counts[i]};
        return result;
    }

  private:
    bool is_small(std::size_t i) const { return m_counts[i] > 0 && m_counts[i] < m_hidden_below; }
    /// Sums in which it would be the only hidden count, and need a partner itself.
    std::ptrdiff_t new_lonely(std::size_t i) const {
        return std::ranges::count_if(m_sums_of[i], [&](std::size_t sum) { return m_hidden_in[sum] == 0; });
    }
    /// A partner in a sum: its parts before its whole.
    struct Partner {
        std::size_t count = nowhere;
        std::tuple<bool, std::ptrdiff_t, std::int64_t, std::size_t> rank{};
    };
    void consider(std::size_t sum, std::size_t i, Partner& best) const {
        if (m_hidden[i] || m_counts[i] == 0) return;
        const std::tuple rank(i == m_wholes[sum], new_lonely(i), m_counts[i], i);
        if (best.count == nowhere || rank < best.rank) best = {i, rank};
    }
    void hide(std::size_t i) {
        m_hidden[i] = true;
        for (const std::size_t sum : m_sums_of[i]) ++m_hidden_in[sum];
    }

    /// A hidden count that is alone in a sum is had by subtraction: the smallest of the others goes with it.
    void hide_partners_of_lonely() {
        std::vector<std::size_t> open(m_sums.size());
        for (std::size_t s = 0; s < open.size(); ++s) open[s] = s;
        for (std::size_t next = 0; next < open.size(); ++next) {
            if (m_hidden_in[open[next]] != 1) continue;
            Partner partner;
            for (const std::size_t member : m_sums[open[next]]) consider(open[next], member, partner);
            OPTIMAT_CHECK(partner.count != nowhere, "a sum of one count that is not zero");
            hide(partner.count);
            open.insert(open.end(), m_sums_of[partner.count].begin(), m_sums_of[partner.count].end());
        }
    }

    /// Finds the hidden counts that the sums together give back, or nearly, and hides a partner for each.
    bool hide_partners_of_known() {
        m_fresh.assign(m_counts.size(), false);
        bool any = false;
        for (const auto& component : components()) any = hide_in(component) || any;
        return any;
    }

    /// Hidden counts that sums connect, each set in rising order.
    std::vector<std::vector<std::size_t>> components() const {
        std::vector<std::vector<std::size_t>> found;
        std::vector<bool> seen(m_counts.size(), false);
        for (std::size_t i = 0; i < m_counts.size(); ++i) {
            if (!m_hidden[i] || seen[i]) continue;
            std::vector<std::size_t> members{i};
            seen[i] = true;
            for (std::size_t next = 0; next < members.size(); ++next)
                for (const std::size_t sum : m_sums_of[members[next]])
                    for (const std::size_t other : m_sums[sum])
                        if (m_hidden[other] && !seen[other]) {
                            seen[other] = true;
                            members.push_back(other);
                        }
            std::ranges::sort(members);
            found.push_back(std::move(members));
        }
        return found;
    }

    AgreeingTables tables_of(const std::vector<std::size_t>& component) const {
        std::vector<std::int64_t> counts;
        std::vector<std::size_t> sums;
        for (const std::size_t i : component) {
            counts.push_back(m_counts[i]);
            sums.insert(sums.end(), m_sums_of[i].begin(), m_sums_of[i].end());
        }
        std::ranges::sort(sums);
        sums.erase(std::ranges::unique(sums).begin(), sums.end());
        std::vector<std::vector<AgreeingTables::Term>> equations;
        for (const std::size_t sum : sums) {
            auto& terms = equations.emplace_back();
            for (const std::size_t member : m_sums[sum])
                if (m_hidden[member]) {
                    const auto found = std::ranges::lower_bound(component, member);
                    OPTIMAT_CHECK(found != component.end() && *found == member, "a hidden count outside its component");
                    const auto at = found - component.begin();
                    terms.push_back({static_cast<std::size_t>(at), member == m_wholes[sum] ? -1 : 1});
                }
        }
        return {std::move(counts), equations};
    }

    /// Whether a partner hidden in this round ties it to others: it is another component then, and waits.
    bool has_grown(const std::vector<std::size_t>& component) const {
        for (const std::size_t i : component)
            for (const std::size_t sum : m_sums_of[i])
                for (const std::size_t member : m_sums[sum])
                    if (m_fresh[member]) return true;
        return false;
    }

    bool hide_in(const std::vector<std::size_t>& component) {
        if (has_grown(component)) return true;
        AgreeingTables tables = tables_of(component);
        bool any = false;
        for (std::size_t at = 0; at < component.size(); ++at) {
            const std::size_t i = component[at];
            const std::int64_t values = is_small(i) ? m_hidden_below - 1 : 2;
            if (tables.takes(at, std::max<std::int64_t>(values, 2))) continue;
            any = hide_a_partner_of(i, component) || any;
        }
        return any;
    }

    /// The smallest count beside it in a sum; else beside any that it hangs together with. When there is none, every
    /// count that hangs together with it is hidden: one person more like one of them agrees with all that is visible.
    bool hide_a_partner_of(std::size_t i, const std::vector<std::size_t>& component) {
        Partner partner;
        for (const std::size_t sum : m_sums_of[i])
            for (const std::size_t member : m_sums[sum]) {
                if (m_fresh[member]) return true;  // a partner of this round may be enough
                consider(sum, member, partner);
            }
        if (partner.count == nowhere)
            for (const std::size_t other : component)
                for (const std::size_t sum : m_sums_of[other])
                    for (const std::size_t member : m_sums[sum]) {
                        if (m_fresh[member]) return true;
                        consider(sum, member, partner);
                    }
        if (partner.count == nowhere) return false;
        hide(partner.count);
        m_fresh[partner.count] = true;
        return true;
    }

    std::span<const std::int64_t> m_counts;
    std::int64_t m_hidden_below;
    std::vector<bool> m_hidden;
    std::vector<bool> m_fresh;  ///< hidden in this round
    std::vector<std::vector<std::size_t>> m_sums;  ///< parts, and the whole at the end
    std::vector<std::size_t> m_wholes;
    std::vector<std::vector<std::size_t>> m_sums_of;  ///< by count
    std::vector<std::size_t> m_hidden_in;             ///< by sum: how many of its counts are hidden
};

}  // namespace

std::size_t CountTable::add(std::int64_t count) {
    OPTIMAT_CHECK(count >= 0, "a count below zero");
    m_counts.push_back(count);
    return m_counts.size() - 1;
}

void CountTable::add_sum(std::size_t whole, std::vector<std::size_t> parts) {
    std::int64_t sum = 0;
    for (const std::size_t part : parts) sum += m_counts[part];
    OPTIMAT_CHECK(sum == m_counts[whole], "parts that do not sum to their whole");
    m_sums.push_back({whole, std::move(parts)});
}

std::vector<Disclosed> disclose(const CountTable& table, const DisclosureRule& rule) { return Hiding(table, rule).run(); }

std::optional<double> disclosed_share(const Disclosed& part, const Disclosed& whole) {
    if (!part.is_shown() || !whole.is_shown() || whole.value == 0) return std::nullopt;
    return static_cast<double>(part.value) / static_cast<double>(whole.value);
}

std::optional<double> disclosed_mean(const DoseSum& sum, const Disclosed& people) {
    return people.is_shown() ? sum.mean_mg() : std::nullopt;
}

}  // namespace optimat
