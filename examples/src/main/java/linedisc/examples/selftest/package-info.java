/// The life cycle of interfaces under torture, on memory, ptys or the user's own ports: see
/// [SelftestCommand].
@NullMarked
package linedisc.examples.selftest;

import org.jspecify.annotations.NullMarked;
