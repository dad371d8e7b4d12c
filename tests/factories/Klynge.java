import java.nio.file.Path;
import java.util.Scanner;
import java.util.stream.IntStream;

import org.codelibs.opensearch.runner.OpenSearchRunner;

/**
 * A cluster of nodes on the loopback address, for tests. Arguments: an empty folder, how many nodes, and the first port.
 * Prints "klar" when all have started; "stopp N" on its input stops the Nth, and the end of it everything.
 */
class Klynge {
    public static void main(String[] arguments) throws Exception {
        var runner = new OpenSearchRunner();
        int nodes = Integer.parseInt(arguments[1]);
        int port = Integer.parseInt(arguments[2]);
        int inner = port + nodes;
        var others = IntStream.range(inner, inner + nodes).mapToObj(each -> "127.0.0.1:" + each).toList();
        runner.onBuild((number, settings) -> {
            settings.put("network.host", "127.0.0.1");
            settings.put("http.port", String.valueOf(port + number - 1));
            settings.put("transport.port", String.valueOf(inner + number - 1));
            settings.putList("discovery.seed_hosts", others);
            settings.putList("cluster.initial_cluster_manager_nodes", "Node 1");
            settings.put("cluster.routing.allocation.disk.threshold_enabled", "false");
        });
        runner.build(OpenSearchRunner.newConfigs()
            .basePath(Path.of(arguments[0]).toString())
            .clusterName("saksbehandling-test")
            .numOfNode(nodes)
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
