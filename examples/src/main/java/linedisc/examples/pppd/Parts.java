package linedisc.examples.pppd;

import linedisc.examples.pppd.log.DaemonLog;
import linedisc.examples.pppd.options.PppdOptions;
import linedisc.examples.pppd.script.Environment;
import linedisc.examples.pppd.script.LineCommands;
import linedisc.examples.pppd.script.Scripts;
import linedisc.examples.pppd.secrets.Credentials;
import linedisc.examples.stack.Station;

/// What lasts as long as the daemon and each of its connections needs.
///
/// @param options in effect
/// @param around the machine
/// @param log its messages
/// @param inbox what happens
/// @param control what signals have asked for
/// @param station interfaces and ports
/// @param credentials answers to questions for secrets
/// @param environment of scripts
/// @param scripts ip-up and so on
/// @param commands connect and so on
/// @param pidFiles while there is an interface
record Parts(
    PppdOptions options,
    Surroundings around,
    DaemonLog log,
    Inbox inbox,
    Control control,
    Station station,
    Credentials credentials,
    Environment environment,
    Scripts scripts,
    LineCommands commands,
    PidFiles pidFiles) {}
