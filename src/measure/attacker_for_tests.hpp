#pragma once
// Somebody who attacks what disclosure control shows: for its tests only, and with no code of the hiding.

#include "measure/disclosure.hpp"

#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>
#include <map>
#include <numeric>
#include <string>

namespace optimat {

/// A fraction of whole numbers, reduced: the attacker's arithmetic is exact.
struct Fraction {
    std::int64_t over = 0, under = 1;
    Fraction(std::int64_t whole = 0) : over(whole) {}
    Fraction(std::int64_t o, std::int64_t u) : over(o), under(u) {
        const std::int64_t common = std::gcd(over, under) * (under < 0 ? -1 : 1);
        over /= common;
        under /= common;
    }
    bool zero() const { return over == 0; }
    friend Fraction operator*(Fraction a, Fraction b) { return {a.over * b.over, a.under * b.under}; }
    friend Fraction operator/(Fraction a, Fraction b) { return {a.over * b.under, a.under * b.over}; }
    friend Fraction operator-(Fraction a, Fraction b) {
        return {a.over * b.under - b.over * a.under, a.under * b.under};
    }
    double number() const { return static_cast<double>(over) / static_cast<double>(under); }
};

constexpr double no_limit = 1e15;
struct Bounds {
    double least = 1, most = no_limit;
    double values() const { return most - least + 1; }
};

/// What is published, and what is behind it, with every sum that holds: all that somebody could work with.
struct Publication {
    enum class Kind : std::uint8_t { published, behind };
    std::vector<std::int64_t> counts;
    std::vector<Disclosed> shown;
    std::vector<Kind> kinds;
    struct Sum {
        std::size_t whole;
        std::vector<std::size_t> parts;
    };
    std::vector<Sum> sums;

    std::size_t publish(std::int64_t count, const Disclosed& as) { return add(count, as, Kind::published); }
    /// Leaves in no form, and may be zero for all that is known.
    std::size_t keep(std::int64_t count) { return add(count, {}, Kind::behind); }
    std::size_t add(std::int64_t count, const Disclosed& as, Kind kind) {
        EXPECT_TRUE(!as.is_shown() || as.value == count);
        counts.push_back(count);
        shown.push_back(as);
        kinds.push_back(kind);
        return counts.size() - 1;
    }
};

/// Somebody who sees what is shown, knows the sums, that counts are whole, and that zeros are shown. Takes
/// the equations apart into those that hang together, solves them exactly, then narrows the ranges by every
/// equation until nothing narrows any more. Shares no code with the hiding.
class Attacker {
  public:
    explicit Attacker(const Publication& given) : m_at(given.counts.size()), m_group(given.counts.size()) {
        std::iota(m_group.begin(), m_group.end(), 0u);
        for (const auto& sum : given.sums) {
            std::vector<std::size_t> hidden;
            for_each_term(sum, [&](std::size_t i, std::int64_t) {
                if (!given.shown[i].is_shown()) hidden.push_back(i);
            });
            for (const std::size_t i : hidden)
                m_group[root(i)] = root(hidden.front());
        }
        for (std::size_t i = 0; i < given.counts.size(); ++i) {
            if (given.shown[i].is_shown()) continue;
            System& system = m_systems[root(i)];
            m_at[i] = system.bounds.size();
            system.bounds.push_back({given.kinds[i] == Publication::Kind::behind ? 0.0 : 1.0, no_limit});
        }
        for (const auto& sum : given.sums)
            add_equation(given, sum);
        for (auto& [group, system] : m_systems) {
            const auto equations = system.rows;
            system.solve();
            system.rows.insert(system.rows.end(), equations.begin(), equations.end());
            while (system.narrow()) {
            }
        }
    }
    Bounds of(std::size_t i) const { return m_systems.at(root(i)).bounds[m_at[i]]; }

  private:
    struct System {
        std::vector<std::vector<Fraction>> rows;  ///< the constant at the end
        std::vector<Bounds> bounds;

        void solve() {
            std::size_t done = 0;
            for (std::size_t column = 0; column < bounds.size() && done < rows.size(); ++column) {
                std::size_t pivot = done;
                while (pivot < rows.size() && rows[pivot][column].zero())
                    ++pivot;
                if (pivot == rows.size()) continue;
                std::swap(rows[done], rows[pivot]);
                const Fraction lead = rows[done][column];
                for (Fraction& cell : rows[done])
                    if (!cell.zero()) cell = cell / lead;
                for (std::size_t r = 0; r < rows.size(); ++r) {
                    const Fraction factor = rows[r][column];
                    if (r == done || factor.zero()) continue;
                    for (std::size_t c = 0; c < rows[r].size(); ++c)
                        if (!rows[done][c].zero()) rows[r][c] = rows[r][c] - factor * rows[done][c];
                }
                ++done;
            }
        }
        bool narrow() {
            bool any = false;
            for (const auto& row : rows)
                for (std::size_t target = 0; target + 1 < row.size(); ++target)
                    if (!row[target].zero()) any = narrow(row, target) || any;
            return any;
        }
        bool narrow(const std::vector<Fraction>& row, std::size_t target) {
            double least = row.back().number(), most = least;
            for (std::size_t c = 0; c + 1 < row.size(); ++c) {
                if (c == target || row[c].zero()) continue;
                const double factor = row[c].number();
                least -= factor * (factor > 0 ? bounds[c].most : bounds[c].least);
                most -= factor * (factor > 0 ? bounds[c].least : bounds[c].most);
            }
            const double lead = row[target].number();
            if (lead < 0) std::swap(least, most);
            return tighten(bounds[target], least / lead, most / lead);
        }
        static bool tighten(Bounds& one, double least, double most) {
            const Bounds before = one;
            if (least > -no_limit / 2) one.least = std::max(one.least, std::ceil(least - 1e-6));
            if (most < no_limit / 2) one.most = std::min(one.most, std::floor(most + 1e-6));
            return one.least != before.least || one.most != before.most;
        }
    };

    template <class Do> static void for_each_term(const Publication::Sum& sum, Do each) {
        for (const std::size_t part : sum.parts)
            each(part, 1);
        each(sum.whole, -1);
    }
    void add_equation(const Publication& given, const Publication::Sum& sum) {
        System* system = nullptr;
        for_each_term(sum, [&](std::size_t i, std::int64_t) {
            if (!given.shown[i].is_shown()) system = &m_systems[root(i)];
        });
        if (system == nullptr) return;
        std::vector<Fraction> row(system->bounds.size() + 1);
        for_each_term(sum, [&](std::size_t i, std::int64_t sign) {
            if (given.shown[i].is_shown())
                row.back() = row.back() - Fraction(sign * given.shown[i].value);
            else
                row[m_at[i]] = Fraction(sign);
        });
        system->rows.push_back(std::move(row));
    }
    std::size_t root(std::size_t i) const {
        while (m_group[i] != i)
            i = m_group[i];
        return i;
    }

    std::vector<std::size_t> m_at, m_group;
    std::map<std::size_t, System> m_systems;
};

inline bool is_small(std::int64_t count, const DisclosureRule& rule) {
    return count > 0 && count < rule.hidden_below;
}

/// Small counts are hidden, zeros are not, and whoever attacks finds at least hidden_below − 1 values for
/// every hidden one.
inline void expect_kept(const Publication& all, const DisclosureRule& rule, const std::string& what) {
    const Attacker attacker(all);
    for (std::size_t i = 0; i < all.counts.size(); ++i) {
        const bool published = all.kinds[i] == Publication::Kind::published;
        if (all.shown[i].is_shown()) {
            EXPECT_FALSE(is_small(all.counts[i], rule)) << what << ": a small count is shown";
            continue;
        }
        if (published) {
            EXPECT_NE(all.counts[i], 0) << what << ": a zero is hidden";
        }
        if (published || is_small(all.counts[i], rule)) {
            EXPECT_GE(attacker.of(i).values(), static_cast<double>(rule.hidden_below - 1))
                << what << ": count " << i << " of " << all.counts[i] << " is known too well";
        }
    }
}

}  // namespace optimat
