package kr.hhplus.commerce.architecture;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** The project's Java files as the compiler's own parser sees them. */
final class Sources {

    static final Path MAIN = Path.of("src/main/java");
    static final Path TEST = Path.of("src/test/java");

    /** One file: its lines, and its syntax tree. */
    record Source(Path path, List<String> lines, CompilationUnitTree tree, DocTrees docs) {

        long line(long position) {
            return tree.getLineMap().getLineNumber(position);
        }

        /** {@code file:line}, for people to click on. */
        String at(Tree node) {
            return path + ":" + line(docs.getSourcePositions().getStartPosition(tree, node));
        }

        /** Lines from the node's first to its last, blank ones and comments not counted. */
        int codeLines(Tree node) {
            LineMap map = tree.getLineMap();
            long from = map.getLineNumber(docs.getSourcePositions().getStartPosition(tree, node));
            long to = map.getLineNumber(docs.getSourcePositions().getEndPosition(tree, node));
            return (int) lines.subList((int) from - 1, (int) to).stream()
                    .filter(Sources::isCode)
                    .count();
        }

        /** The Javadoc, or an empty text. */
        String javadoc(Tree node) {
            String comment = docs.getDocComment(TreePath.getPath(tree, node));
            return comment == null ? "" : comment;
        }

        /** What the Javadoc says before it comes to single parameters. */
        String idea(Tree node) {
            return javadoc(node).split("(?m)^\\s*@(param|return|throws|see|since)\\b")[0];
        }

        boolean isPackageInfo() {
            return path.endsWith("package-info.java");
        }
    }

    private Sources() {}

    static List<Source> under(Path root) {
        List<Path> files = javaFiles(root);
        if (files.isEmpty()) {
            throw new AssertionError("no Java file under " + root + ": is this still run from the project's root?");
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, Locale.ROOT, null)) {
            JavacTask task = (JavacTask) compiler.getTask(
                    null, manager, null, List.of("-proc:none"), null, manager.getJavaFileObjectsFromPaths(files));
            DocTrees docs = DocTrees.instance(task);
            return Stream.iterate(task.parse().iterator(), i -> i.hasNext(), i -> i)
                    .map(i -> i.next())
                    .map(tree -> source(tree, docs))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Source source(CompilationUnitTree tree, DocTrees docs) {
        Path path = Path.of("")
                .toAbsolutePath()
                .relativize(Path.of(tree.getSourceFile().toUri()));
        return new Source(path, linesOf(path), tree, docs);
    }

    private static List<Path> javaFiles(Path root) {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> linesOf(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Told by the first signs of the line, which is how the formatter leaves comments. */
    static boolean isComment(String line) {
        String text = line.strip();
        return text.startsWith("//") || text.startsWith("/*") || text.startsWith("*");
    }

    static boolean isCode(String line) {
        return !line.isBlank() && !isComment(line);
    }
}
