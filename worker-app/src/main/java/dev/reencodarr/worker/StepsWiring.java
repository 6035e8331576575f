package dev.reencodarr.worker;

import dev.reencodarr.activities.failure.EvidentFaults;
import dev.reencodarr.activities.failure.FaultWitness;
import dev.reencodarr.activities.failure.GoneMount;
import dev.reencodarr.activities.failure.MachineWitness;
import dev.reencodarr.activities.failure.OomWitness;
import dev.reencodarr.activities.library.MarkedLibraries;
import dev.reencodarr.activities.process.OomKills;
import dev.reencodarr.activities.temporal.AttemptsAtWork;
import java.nio.file.Path;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

/**
 * What stands around each step of this worker, from the inside out: Temporal makes the first the
 * innermost. An attempt is at work until all of them have had their say.
 */
@Configuration(proxyBeanMethods = false)
class StepsWiring {

  @Bean
  @Order(1)
  EvidentFaults evidentFaults() {
    return new EvidentFaults();
  }

  @Bean
  @Order(2)
  OomWitness oomWitness() {
    return new OomWitness(new OomKills(Path.of("/")));
  }

  @Bean
  @Order(3)
  GoneMount goneMount(MarkedLibraries libraries) {
    return new GoneMount(libraries::requireMounted);
  }

  @Bean
  @Order(4)
  Suspicion suspicion() {
    return new Suspicion();
  }

  @Bean
  @Order(5)
  FaultWitness faultWitness(MachineWitness machine) {
    return new FaultWitness(machine);
  }

  @Bean
  @Order(6)
  AttemptsAtWork attemptsAtWork() {
    return new AttemptsAtWork();
  }
}
