/// pppd's options: [linedisc.examples.pppd.options.OptionTable] holds each of them once, in a table
/// by area; parsing, privilege rules, help, `dump` and the documentation all come from there.
/// [linedisc.examples.pppd.options.OptionReader] reads files and command lines in pppd's order and
/// gives [linedisc.examples.pppd.options.PppdOptions], which never changes.
///
/// The reference is pppd 2.5.3's own option tables and manual page.
///
/// @spec https://github.com/ppp-project/ppp ppp-project/ppp
@NullMarked
package linedisc.examples.pppd.options;

import org.jspecify.annotations.NullMarked;
