import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.PrintWriter;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/// Runs test classes, and ends with 1 if one of them is red. Started from its source by run.sh.
class RunTests {
  public static void main(String[] classes) {
    LauncherDiscoveryRequestBuilder request =
        LauncherDiscoveryRequestBuilder.request()
            .filters(org.junit.platform.launcher.TagFilter.excludeTags("slow"));
    for (String name : classes) {
      request.selectors(selectClass(name));
    }
    LauncherDiscoveryRequest built = request.build();
    SummaryGeneratingListener listener = new SummaryGeneratingListener();
    LauncherFactory.create().execute(built, listener);
    PrintWriter out = new PrintWriter(System.out, true);
    listener.getSummary().printFailuresTo(out, 3);
    long found = listener.getSummary().getTestsFoundCount();
    long failed = listener.getSummary().getTotalFailureCount();
    out.println(found + " tests, " + failed + " failed");
    System.exit(found == 0 || failed > 0 ? 1 : 0);
  }
}
