#pragma once
// Parts of pages that follow from the newest snapshot and the choice alone, kept once they are written: no
// form, no name of a user, nothing that a token protects. A new snapshot has a new id, so nothing is ever out
// of date.

#include "html/html.hpp"

#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>

namespace optimat {

class RenderedParts {
  public:
    /// At most so many bytes of markup; when there would be more, everything is forgotten and written anew as
    /// it is asked for.
    explicit RenderedParts(std::size_t most_bytes) : m_most_bytes(most_bytes) {}

    /// The part of that key, written by `write` when it is not there. Keys begin with the snapshot's id and
    /// name everything that the part follows from. From any thread; two that ask at once may both write.
    std::shared_ptr<const Html> get(const std::string& key, const std::function<Html()>& write);
    std::size_t bytes() const;

  private:
    std::size_t m_most_bytes;
    mutable std::mutex m_mutex;
    std::size_t m_bytes = 0;
    std::unordered_map<std::string, std::shared_ptr<const Html>> m_parts;
};

}  // namespace optimat
