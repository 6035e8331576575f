package dev.reencodarr.starter.tools;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reencodarr.activities.process.TestTools;
import dev.reencodarr.workflows.media.Encoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GpuSearchTest {

  @TempDir private Path folder;

  private GpuSearch search(String... nvidiaSmi) {
    return new GpuSearch(folder, TestTools.tools().ffmpeg(), List.of(nvidiaSmi));
  }

  private void renderNode(String name, String vendor) throws Exception {
    Path device = Files.createDirectories(folder.resolve(name).resolve("device"));
    Files.writeString(device.resolve("vendor"), vendor + "\n");
    Files.writeString(device.resolve("device"), "0x1234\n");
  }

  @Test
  void devicesAreNamedByTheirDriverOrTheKernel() throws Exception {
    renderNode("renderD128", "0x8086");
    renderNode("renderD129", "0x10de");
    renderNode("renderD130", "0x1002");

    assertThat(search("echo", "NVIDIA GeForce RTX 3060, 550.54").seen())
        .containsExactly(
            new Gpu(Gpu.Maker.NVIDIA, "NVIDIA GeForce RTX 3060, driver 550.54"),
            new Gpu(Gpu.Maker.INTEL, "INTEL device 0x1234 at /dev/dri/renderD128"),
            new Gpu(Gpu.Maker.AMD, "AMD device 0x1234 at /dev/dri/renderD130"));
  }

  @Test
  void aCardOfNvidiaWithoutItsDriverIsStillSeen() throws Exception {
    renderNode("renderD128", "0x10de");

    assertThat(search("/nowhere/nvidia-smi").seen())
        .containsExactly(new Gpu(Gpu.Maker.NVIDIA, "NVIDIA device 0x1234 at /dev/dri/renderD128"));
  }

  @Test
  void aMachineWithoutAnyHasNone() throws Exception {
    assertThat(new GpuSearch(folder.resolve("none"), Path.of("/x"), List.of("false")).seen())
        .isEmpty();
  }

  /** With the real ffmpeg, which finds no device here. */
  @Test
  void aDeviceThatFfmpegCannotOpenIsSaidToBeThat() throws Exception {
    assertThat(search("false").abilities(new Gpu(Gpu.Maker.NVIDIA, "a card")))
        .isEqualTo("ffmpeg cannot use it: is its driver installed, and may this user open it?");
  }

  @Test
  void whatDecodesAv1AndCannotEncodeItIsSaidPlainly() {
    assertThat(GpuSearch.abilities(Gpu.Maker.NVIDIA, Set.of("av1"), List.of(Encoder.HEVC_NVENC)))
        .isEqualTo(
            "decodes av1; encodes with hevc_nvenc; decodes AV1, cannot encode it"
                + " (a GeForce RTX 40 or newer does)");
    assertThat(GpuSearch.abilities(Gpu.Maker.AMD, Set.of("hevc"), List.of()))
        .isEqualTo("decodes hevc; encodes nothing; cannot encode AV1 (RDNA 3 and newer do)");
    assertThat(GpuSearch.abilities(Gpu.Maker.INTEL, Set.of("av1"), List.of(Encoder.AV1_QSV)))
        .isEqualTo("decodes av1; encodes with av1_qsv");
  }
}
