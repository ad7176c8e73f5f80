package linedisc.examples.pppd.options;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The option table as files of the system: a manual page, and words for the shell to complete.
public final class OptionManual {
  private OptionManual() {}

  /// `linedisc-pppd(8)`, for man(1).
  public static String page() {
    var text = new StringBuilder();
    text.append(
        """
        .TH LINEDISC-PPPD 8
        .SH NAME
        linedisc-pppd \\- a PPP link on a serial line
        .SH SYNOPSIS
        .B linedisc pppd
        [\\fIoption\\fR ...]
        .SH DESCRIPTION
        Makes a PPP link as pppd does, with its options, files, scripts, signals and exit statuses, and
        without PPP in the kernel. The network device needs CAP_NET_ADMIN; with
        .B nohost
        the process answers pings itself.
        .SH FILES
        .nf
        /etc/ppp/options        options of the system
        ~/.ppprc                options of the user
        /etc/ppp/options.\\fITTY\\fR    options of a device
        /etc/ppp/peers/\\fINAME\\fR     options for \\fBcall\\fR
        /etc/ppp/pap-secrets    secrets for PAP
        /etc/ppp/chap-secrets   secrets for CHAP, MS-CHAP and EAP
        .fi
        .SH SIGNALS
        .TP
        .B INT, TERM
        End the link and the program.
        .TP
        .B HUP
        End the link; with
        .B persist
        or
        .B demand
        go on with another.
        .TP
        .B USR1
        Log packets, or no more.
        .TP
        .B USR2
        Negotiate compression anew.
        """);
    for (Area area : Area.values()) {
      text.append(".SH OPTIONS: ").append(area.title().toUpperCase(java.util.Locale.ROOT));
      text.append('\n');
      OptionTable.all().stream()
          .filter(option -> option.area() == area)
          .forEach(option -> text.append(entry(option)));
    }
    return text.toString();
  }

  private static String entry(PppdOption option) {
    String names =
        option.isBare()
            ? "\\fI" + escaped(option.argument().syntax()) + "\\fR"
            : Stream.concat(Stream.of(option.name()), option.aliases().stream())
                .map(name -> "\\fB" + escaped(name) + "\\fR")
                .collect(Collectors.joining(", "));
    String value =
        option.argument().follows() ? " \\fI" + escaped(option.argument().syntax()) + "\\fR" : "";
    return ".TP\n" + names + value + "\n" + escaped(option.help()) + "." + undone(option) + "\n";
  }

  private static String undone(PppdOption option) {
    return switch (option.treatment()) {
      case Treatment.Implemented() -> "";
      case Treatment.Accepted(String reason) -> " No effect: " + escaped(reason) + ".";
      case Treatment.Refused(String alternative) -> " Refused: " + escaped(alternative) + ".";
    };
  }

  private static String escaped(String text) {
    String hyphens = text.replace("\\", "\\e").replace("-", "\\-");
    return hyphens.startsWith(".") || hyphens.startsWith("'") ? "\\&" + hyphens : hyphens;
  }

  /// Completion for bash(1).
  public static String completion() {
    String words =
        OptionTable.all().stream()
            .filter(option -> !option.isBare())
            .filter(option -> !(option.treatment() instanceof Treatment.Refused))
            .flatMap(option -> Stream.concat(Stream.of(option.name()), option.aliases().stream()))
            .sorted()
            .collect(Collectors.joining("\n"));
    return """
    # Completes the words of 'linedisc': source this file, or put it into
    # /usr/share/bash-completion/completions under the name linedisc.
    _linedisc_pppd_options='
    """
        + words
        + "\n'\n"
        + """
        _linedisc() {
          local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}
          if [ "$COMP_CWORD" -eq 1 ]; then
            COMPREPLY=($(compgen -W "$(linedisc --help 2>/dev/null | sed -n 's/^  \\([a-z][a-z]*\\) .*/\\1/p')" -- "$word"))
            return
          fi
          case ${COMP_WORDS[1]}:$before in
            pppd:file | pppd:logfile | pppd:record | pppd:+ua) COMPREPLY=($(compgen -f -- "$word")) ;;
            pppd:call) COMPREPLY=($(cd /etc/ppp/peers 2>/dev/null && compgen -f -- "$word")) ;;
            pppd:*)
              case $word in
                /*) COMPREPLY=($(compgen -f -- "$word")) ;;
                *) COMPREPLY=($(compgen -W "$_linedisc_pppd_options" -- "$word")) ;;
              esac
              ;;
            *:--transport) COMPREPLY=($(compgen -W "jserialcomm posix" -- "$word")) ;;
            *)
              case $word in
                -*) COMPREPLY=($(compgen -W "$(linedisc "${COMP_WORDS[1]}" --help 2>/dev/null | grep -oE -e '--[a-z][a-z-]+')" -- "$word")) ;;
                *) COMPREPLY=($(compgen -f -- "$word")) ;;
              esac
              ;;
          esac
        }
        complete -F _linedisc linedisc
        """;
  }
}
