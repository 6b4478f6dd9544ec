package kr.hhplus.bench.report;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;

/** A drawing of rectangles and texts that can be written as SVG and as PNG. */
final class Picture {

    private static final int FONT = 13;

    private final int width;
    private final int height;
    private final List<Box> boxes = new ArrayList<>();
    private final List<Label> labels = new ArrayList<>();

    private record Box(double x, double y, double width, double height, int rgb) {}

    private record Label(double x, double y, String text, boolean bold, boolean toTheLeft) {}

    Picture(int width, int height) {
        this.width = width;
        this.height = height;
    }

    void box(double x, double y, double boxWidth, double boxHeight, int rgb) {
        boxes.add(new Box(x, y, boxWidth, boxHeight, rgb));
    }

    void text(double x, double y, String text, boolean bold) {
        labels.add(new Label(x, y, text, bold, false));
    }

    /** Ends at x. */
    void textBefore(double x, double y, String text) {
        labels.add(new Label(x, y, text, false, true));
    }

    String svg() {
        StringBuilder svg = new StringBuilder(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\""
                        + " font-family=\"sans-serif\" font-size=\"%d\">%n<rect width=\"100%%\" height=\"100%%\""
                        + " fill=\"#ffffff\"/>%n",
                width,
                height,
                width,
                height,
                FONT));
        boxes.forEach(box -> svg.append(String.format(
                Locale.ROOT,
                "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"#%06x\"/>%n",
                box.x(),
                box.y(),
                box.width(),
                box.height(),
                box.rgb())));
        labels.forEach(label -> svg.append(String.format(
                Locale.ROOT,
                "<text x=\"%.1f\" y=\"%.1f\" fill=\"#222222\"%s%s>%s</text>%n",
                label.x(),
                label.y(),
                label.bold() ? " font-weight=\"bold\"" : "",
                label.toTheLeft() ? " text-anchor=\"end\"" : "",
                label.text().replace("&", "&amp;").replace("<", "&lt;"))));
        return svg.append("</svg>\n").toString().replace("\r\n", "\n");
    }

    private BufferedImage image() {
        int scale = 2;
        BufferedImage image = new BufferedImage(width * scale, height * scale, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.scale(scale, scale);
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, width, height);
        for (Box box : boxes) {
            graphics.setColor(new Color(box.rgb()));
            graphics.fillRect((int) box.x(), (int) box.y(), (int) Math.ceil(box.width()), (int) box.height());
        }
        graphics.setColor(new Color(0x222222));
        for (Label label : labels) {
            graphics.setFont(new Font(Font.SANS_SERIF, label.bold() ? Font.BOLD : Font.PLAIN, FONT));
            int before = label.toTheLeft() ? graphics.getFontMetrics().stringWidth(label.text()) : 0;
            graphics.drawString(label.text(), (float) label.x() - before, (float) label.y());
        }
        graphics.dispose();
        return image;
    }

    /** Writes both formats; no PNG if the machine has no fonts. */
    void write(Path folder, String name) throws IOException {
        Files.writeString(folder.resolve(name + ".svg"), svg());
        try {
            ImageIO.write(image(), "png", folder.resolve(name + ".png").toFile());
        } catch (RuntimeException | LinkageError e) {
            System.err.println("no " + name + ".png: Java finds no fonts on this machine (" + e + ")");
        }
    }
}
