package org.vectormill.udfs.pool;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import org.apache.hadoop.conf.Configuration;

/**
 * Keeps downloads from a host's own network: a URI from a configuration file, or a redirect, could
 * else reach what only this machine may see, such as a cloud's metadata service.
 *
 * @param privateAllowed whether such addresses were allowed
 */
record PublicHosts(boolean privateAllowed) {
  private static final int SHARED_SPACE = 100;

  static PublicHosts of(Configuration conf) {
    return new PublicHosts(conf.getBoolean(EncoderPool.PRIVATE_ADDRESSES, false));
  }

  /**
   * Looks at every address of a URL's host. One that has none here is left to the connection, which
   * fails or goes through a proxy.
   *
   * @throws IOException for an address that is not public
   */
  void check(URI url) throws IOException {
    if (privateAllowed) {
      return;
    }
    for (InetAddress address : addresses(url.getHost())) {
      if (!isPublic(address)) {
        throw new IOException(
            Downloads.shown(url)
                + " is at the private address "
                + address.getHostAddress()
                + "; add --allow-private-addresses if that is meant");
      }
    }
  }

  private static InetAddress[] addresses(String host) {
    try {
      return InetAddress.getAllByName(host);
    } catch (UnknownHostException e) {
      return new InetAddress[0];
    }
  }

  /** Not of RFC 1918, 3927, 4193, 4291, 6598 or 919's special ranges. */
  static boolean isPublic(InetAddress address) {
    byte[] bytes = address.getAddress();
    boolean unique = address instanceof Inet6Address && (bytes[0] & 0xfe) == 0xfc;
    boolean shared = bytes.length == 4 && bytes[0] == SHARED_SPACE && (bytes[1] & 0xc0) == 0x40;
    boolean thisNetwork = bytes.length == 4 && (bytes[0] == 0 || (bytes[0] & 0xf0) == 0xf0);
    return !(unique
        || shared
        || thisNetwork
        || address.isLoopbackAddress()
        || address.isSiteLocalAddress()
        || address.isLinkLocalAddress()
        || address.isAnyLocalAddress()
        || address.isMulticastAddress());
  }
}
