import java.nio.file.Path;
import java.util.Scanner;

import org.codelibs.opensearch.runner.OpenSearchRunner;

/**
 * A cluster of nodes on the loopback address, for tests. Arguments: an empty folder, how many nodes, and the first port.
 * Prints "klar" when all have found each other; "stopp N" on its input stops the Nth, and the end of it everything.
 */
class Klynge {
    public static void main(String[] arguments) throws Exception {
        var runner = new OpenSearchRunner();
        int port = Integer.parseInt(arguments[2]);
        runner.onBuild((number, settings) -> {
            settings.put("network.host", "127.0.0.1");
            settings.put("http.port", String.valueOf(port + number - 1));
            settings.put("transport.port", String.valueOf(port + 100 + number - 1));
            settings.put("cluster.routing.allocation.disk.threshold_enabled", "false");
            settings.put("action.destructive_requires_name", "true");
        });
        runner.build(OpenSearchRunner.newConfigs()
            .basePath(Path.of(arguments[0]).toString())
            .clusterName("saksbehandling-test")
            .numOfNode(Integer.parseInt(arguments[1]))
            .disableESLogger());
        runner.ensureYellow();
        System.out.println("klar");
        var commands = new Scanner(System.in);
        while (commands.hasNext()) {
            commands.next();
            runner.getNode(commands.nextInt() - 1).close();
            System.out.println("stoppet");
        }
        runner.close();
        System.exit(0);
    }
}
