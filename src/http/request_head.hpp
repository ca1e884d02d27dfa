#pragma once
// What must hold of the head of a request beyond its grammar, so that every program on its way reads the same
// request: one length, one host, a plain path.

#include "http/message.hpp"

#include <variant>

namespace optimat {

/// The head as it stood on the connection.
struct RawHead {
    std::string method, target;
    unsigned version = 11;  ///< 10 or 11
    Parameters headers;     ///< names in lower case, in the order of the head
};

/// The request, with peer still empty, or the status of the refusal: 400, 405 for an unknown method, 417 for
/// an unknown Expect, 501 for a transfer coding other than chunked, 505 for another version.
std::variant<Request, int> read_head(RawHead head);

/// Takes the last address of X-Forwarded-For as the peer and X-Forwarded-Proto as the way the client came:
/// both are what the nearest proxy has said. Without them the request stays as it is.
void believe_proxy(Request& request);

/// A path with its percent-encoding undone; nothing when that is broken or hides a control character.
std::optional<std::string> decode_path(std::string_view path);

}  // namespace optimat
