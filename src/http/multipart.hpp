#pragma once
// Takes a form with files (multipart/form-data, RFC 7578) apart as it comes in, in pieces of any size,
// without holding more of it than a part's header or a boundary's length.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace optimat {

struct Part {
    std::string name;                     ///< of the form's field
    std::optional<std::string> filename;  ///< last component of what the client says; none: an ordinary field
};

/// Is told what a form holds, in its order.
class PartReceiver {
  public:
    virtual ~PartReceiver() = default;
    virtual void begin(const Part& part) = 0;
    virtual void take(std::string_view bytes) = 0;  ///< of the part last begun; never empty
    virtual void end() = 0;                         ///< of that part
};

struct MultipartLimits {
    std::size_t most_parts = 64;
    std::size_t header_limit = 4096;  ///< bytes of one part's header
};

/// Throws UsageError from each function when the form is malformed or passes a limit; it takes nothing more
/// then.
class MultipartParser {
  public:
    /// Of the request's Content-Type, which names the boundary. What an exception of the receiver leaves half
    /// taken must not be fed further.
    MultipartParser(std::string_view content_type, PartReceiver& receiver, MultipartLimits limits = {});
    void take(std::string_view piece);
    /// The body has ended: throws when the form has not.
    void finish();

  private:
    enum class State : std::uint8_t { after_boundary, header, content, done };
    bool step();
    bool step_after_boundary();
    bool step_header();
    bool step_content();
    void drop(std::size_t size) { m_start += size; }
    std::string_view pending() const { return std::string_view(m_pending).substr(m_start); }

    PartReceiver& m_receiver;
    MultipartLimits m_limits;
    std::string m_boundary;  ///< with the line break and dashes before it
    std::string m_pending;   ///< not yet understood, from m_start
    std::size_t m_start = 0;
    std::size_t m_parts = 0;
    State m_state = State::content;
    bool m_is_in_part = false;
};

}  // namespace optimat
