// SPDX-License-Identifier: Apache-2.0
/** Validators of payloads. */
package io.sockeye.validation;
