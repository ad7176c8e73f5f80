/// Secrets files as pppd has them: who has which secret towards whom, which addresses he may have,
/// which options hold for him. A file is read when a secret is asked for, and everything of it is
/// wiped but the one that was found.
@NullMarked
package linedisc.examples.pppd.secrets;

import org.jspecify.annotations.NullMarked;
