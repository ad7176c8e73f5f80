#!/bin/sh
# Plants bugs in a copy of this module, one at a time. Each of them must turn the tests red.
#
#   run.sh            all of them
#   run.sh NAME...    these
#   run.sh -l         their names
#
# Needs a JDK 25 (JAVA_HOME) and Maven, which is asked for the class path only; it must have built
# the modules below this one. CLASS_PATH_FILE may name a file that holds the class path already.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
module=$(cd "$here/../../.." && pwd)
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
javac=${JAVA_HOME:+$JAVA_HOME/bin/}javac
main=src/main/java/linedisc/serial
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp -r "$module/src" "$work/original"

# name  what is broken
list() {
  cat <<'END'
no-generation-check       the reader delivers into whatever binding it decoded for
test-then-set             a destroyer looks at the state first and sets it later
unit-before-name          the unit is free before the name has gone
readers-not-woken         who waits for packets is not told that the interface has gone
delivery-outside-lock     the reader delivers without the port's lock
bind-without-recheck      a bind does not look at the interface again
port-before-publish       a sender looks for the port before its packet is in the queue
plain-state-write         the state word is written, not compared and set
close-without-gate        the descriptor is closed beside a read or write
queues-closed-late        the queues are closed only by the Reaper's last step
unlink-anybody            a destroy unbinds the port from whatever it is bound to
no-down-mark              an interface without a port takes packets that nobody fetches
plain-generation-check    octets read while the port was free are dropped by a bind
keep-not-decided          an interface that was kept meanwhile goes with its binding
await-anywhere            a removal may be awaited on the thread that performs it
unfair-lock               the last who comes to a lock is served first
signal-lost               a signal given while nobody waits is forgotten
END
}

# Changes one file of the copy; the expression must match.
edit() {
  file=$work/tree/$main/$1
  cp "$file" "$work/before"
  perl -0777 -pi -e "$2" "$file"
  if cmp -s "$file" "$work/before"; then
    echo "$mutant: the expression for $1 does not match any more" >&2
    exit 2
  fi
}

plant() {
  case $1 in
    no-generation-check)
      edit tty/TtyBindings.java 's/Binding present = binding;\s+if \(present\.channel\(\) != decoded\.channel\(\) \|\| !present\.accepts\(mark\)\) \{\s+return false;\s+\}/Binding present = decoded;/'
      ;;
    test-then-set)
      edit net/InterfaceLifecycle.java 's/if \(!(netInterface\.word\(\))\.advance\(InterfaceState\.ATTACHED, InterfaceState\.DETACHING\)\) \{\s+throw NetError\.ENXIO\.on\(entry\.name\(\)\);\s+\}\s+return startRemoval/lock.unlock(); sync.step(); lock.lock(); netInterface.word().set(StateWord.withState(netInterface.word().get(), InterfaceState.DETACHING)); return startRemoval/'
      edit net/StateWord.java 's/(  long get\(\) \{)/  void set(long after) { word.set(after); }\n\n$1/'
      ;;
    unit-before-name)
      edit net/InterfaceRegistry.java 's/    type\.units\.free\(entry\.parsed\(\)\.unit\(\)\);\n(.*?)(  \/\/\/ One reference less)/$1  void freeUnit(InterfaceEntry entry) { type(entry).units.free(entry.parsed().unit()); }\n\n$2/s'
      edit net/InterfaceLifecycle.java 's/(      registry\.remove\(entry\);\n    \} finally)/      registry.freeUnit(entry);\n$1/; s/(    netInterface\.drain\(\);)/$1 lock.lock(); registry.freeUnit(entry); lock.unlock(); sync.step();/'
      ;;
    readers-not-woken)
      edit life/PacketQueue.java 's/(assert gone;\s+purge\(\);\s+producers\.wakeAll\(sync\);)\s+consumers\.wakeAll\(sync\);/$1/'
      ;;
    delivery-outside-lock)
      edit tty/TtyBindings.java 's/(present\.channel\(\)\.protocol\(\)\.deliver\([^;]*;)/lock.unlock(); try { sync.step(); $1 } finally { lock.lock(); }/'
      ;;
    bind-without-recheck)
      edit net/InterfaceLifecycle.java 's/if \(netInterface == null \|\| StateWord\.isLeaving\(netInterface\.word\(\)\.get\(\)\)\) \{\s+throw NetError\.ENXIO\.on\(entry\.name\(\)\);\s+\}(\s+if \(netInterface\.port\(\) != null\) \{\s+throw NetError\.EBUSY\.on\(entry\.name\(\)\);\s+\}\s+netInterface\.bind)/if (netInterface == null) { throw NetError.ENXIO.on(entry.name()); }$1/'
      ;;
    port-before-publish)
      edit net/NetInterface.java 's/(Put result = output\.send\()/Attachment early = port;\n    $1/; s/signalPort\(\);\n    \}\n    return result;/if (early != null) { early.workReady(); }\n    }\n    return result;/'
      ;;
    plain-state-write)
      edit net/StateWord.java 's/return word\.compareAndSet\(before, after\);/word.set(after); return true;/'
      ;;
    close-without-gate)
      edit life/Gate.java 's/while \(word\.get\(\) != SHUT\) \{/while (word.get() >= 0) {/'
      ;;
    queues-closed-late)
      edit net/NetInterface.java 's/(  void unlink\(\) \{\s+)closeQueues\(\);/$1/; s/(  void drain\(\) \{)/$1 closeQueues();/'
      ;;
    unlink-anybody)
      edit tty/TtyBindings.java 's/network != null && network\.netInterface\(\)\.equals\(netInterface\)/network != null/'
      ;;
    no-down-mark)
      edit net/InterfaceOutput.java 's/ready\.down\(UNBOUND, !keep\);/ready.down(UNBOUND, !keep); ready.up(UNBOUND);/'
      ;;
    plain-generation-check)
      edit tty/TtyBindings.java 's/wasRaw \? old\.generation\(\) : generation/generation/'
      ;;
    keep-not-decided)
      edit net/InterfaceLifecycle.java 's/if \(word\.change\(before, (StateWord\.withState\(before, InterfaceState\.DETACHING\))\)\) \{/sync.step(); word.set($1); if (before == before) {/'
      edit net/StateWord.java 's/(  long get\(\) \{)/  void set(long after) { word.set(after); }\n\n$1/'
      ;;
    await-anywhere)
      edit life/Removal.java 's/OwnThread\.isCurrent\(\) \|\| //'
      ;;
    unfair-lock)
      edit life/PortLock.java 's/waiting\.poll\(\)/waiting.last()/'
      edit life/WaitList.java 's/(  \/\/\/ Takes a thread out that)/  \@Nullable Thread last() { Thread last = size == 0 ? null : ring[(head + size - 1) & (ring.length - 1)]; if (last != null) { remove(last); } return last; }\n\n$1/'
      ;;
    signal-lost)
      edit life/WorkSignal.java 's/(Thread thread = waiter;\s+if \(thread != null\) \{\s+sync\.unpark\(thread\);\s+\})/$1 else { permit.set(false); }/'
      ;;
    none) ;;
    *)
      echo "no mutant $1" >&2
      exit 2
      ;;
  esac
}

tests() {
  (cd "$work/original/test/java" && ls linedisc/serial/*/Invariant*Test.java \
    linedisc/serial/tty/SchedulesTest.java linedisc/serial/tty/BindingTest.java \
    linedisc/serial/net/*Test.java linedisc/serial/life/*Test.java) | sed 's/\.java$//' | tr / .
}

# Green: 0. Red: 1.
try() {
  rm -rf "$work/tree" "$work/classes"
  mkdir -p "$work/tree" "$work/classes"
  cp -r "$work/original" "$work/tree/src"
  plant "$1"
  (
    cd "$work/tree"
    find src/main/java -name '*.java' ! -name module-info.java
    for test in $(tests); do
      echo "src/test/java/$(echo "$test" | tr . /).java"
    done
  ) > "$work/sources"
  (cd "$work/tree" && "$javac" -proc:none -nowarn -Xlint:none -d "$work/classes" \
    -cp "$class_path" -sourcepath src/test/java "@$work/sources") > "$work/compile" 2>&1 || {
    echo "$1: does not compile" >&2
    cat "$work/compile" >&2
    exit 2
  }
  status=0
  # shellcheck disable=SC2046
  timeout 900 "$java" -ea -XX:+UseSerialGC -cp "$work/classes:$class_path" "$here/RunTests.java" \
    $(tests) > "$work/report" 2>&1 || status=$?
  if [ $status = 124 ]; then
    echo "no end" >> "$work/report"
  elif ! tail -1 "$work/report" | grep -q ' tests, '; then
    echo "$1: the tests did not run" >&2
    tail -5 "$work/report" >&2
    exit 2
  fi
  return $status
}

if [ "${1-}" = -l ]; then
  list
  exit 0
fi

if [ -n "${CLASS_PATH_FILE-}" ]; then
  class_path=$(cat "$CLASS_PATH_FILE")
else
  (cd "$module/.." && mvn -B -q -o -pl serial-io -am test-compile dependency:build-classpath \
    -Dmdep.outputFile="$work/class-path")
  class_path=$(cat "$work/class-path")
fi

mutant=none
if ! try none; then
  echo "the tests are red without any mutant" >&2
  cat "$work/report" >&2
  exit 2
fi
echo "ok    without a mutant: green ($(tail -1 "$work/report"))"

alive=0
for mutant in ${*:-$(list | cut -d' ' -f1)}; do
  if try "$mutant"; then
    echo "ALIVE $mutant"
    alive=$((alive + 1))
  else
    echo "ok    $mutant: $(tail -1 "$work/report")"
    if [ "$mutant" = no-generation-check ] && ! grep -q 'touches.*expected: <0>' "$work/report"; then
      echo "ALIVE $mutant: no touch was counted"
      alive=$((alive + 1))
    fi
  fi
done
exit $((alive > 0))
