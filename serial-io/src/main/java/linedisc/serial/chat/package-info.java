/// Conversations with a modem or a login prompt, scripted as for pppd's `chat`: what to expect,
/// what to send, when to give up.
///
/// [linedisc.serial.chat.ChatScript] is the script, taken apart once;
/// [linedisc.serial.chat.ChatSession] plays it without any I/O of its own;
/// [linedisc.serial.chat.ChatRunner] lets a session have an open port;
/// [linedisc.serial.chat.ChatCommand] is chat's command line.
///
/// @spec https://github.com/ppp-project/ppp/tree/master/chat ppp-project/ppp chat(8)
@NullMarked
package linedisc.serial.chat;

import org.jspecify.annotations.NullMarked;
