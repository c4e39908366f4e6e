package org.vectormill.udfs.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Literal addresses only: no name is looked up. */
final class PublicHostsTest {
  @ParameterizedTest
  @CsvSource({
    "127.0.0.1,false",
    "127.9.9.9,false",
    "10.1.2.3,false",
    "172.16.0.1,false",
    "172.31.255.255,false",
    "172.32.0.1,true",
    "192.168.1.1,false",
    "192.169.1.1,true",
    "169.254.169.254,false",
    "100.64.0.1,false",
    "100.127.0.1,false",
    "100.128.0.1,true",
    "0.0.0.0,false",
    "0.1.2.3,false",
    "255.255.255.255,false",
    "240.0.0.1,false",
    "224.0.0.1,false",
    "8.8.8.8,true",
    "::1,false",
    "::,false",
    "fe80::1,false",
    "fc00::1,false",
    "fd12:3456::1,false",
    "ff02::1,false",
    "2001:4860:4860::8888,true",
    "::ffff:10.0.0.1,false",
    "::ffff:8.8.8.8,true"
  })
  void knowsWhatIsPublic(String address, boolean expected) throws IOException {
    assertEquals(expected, PublicHosts.isPublic(InetAddress.getByName(address)));
  }

  @Test
  void namesTheAddressAndTheOption() throws IOException {
    URI url = URI.create("http://user:secret@127.0.0.1:8080/model.onnx?token=x");
    IOException refused = assertThrows(IOException.class, () -> new PublicHosts(false).check(url));
    assertEquals(
        "http://127.0.0.1:8080/model.onnx is at the private address 127.0.0.1; add"
            + " --allow-private-addresses if that is meant",
        refused.getMessage());
    new PublicHosts(true).check(url);
  }
}
